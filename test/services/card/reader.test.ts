import { readFile } from 'node:fs/promises';
import { platform } from 'node:process';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import sharp, { type Sharp } from 'sharp';
import { IMAGE_BYTES_MAX } from '../../../src/services/card/limits.ts';
import { type CardReader, createCardReader } from '../../../src/services/card/reader.ts';
import {
  type CardPhoto,
  cardPhoto,
  chanceFrom,
  LEVELS,
  type Level,
  photograph,
} from '../../harness/cards.ts';
import { PATIENCE } from '../../harness/patience.ts';

let reader: CardReader;
let photo: CardPhoto;
let linkPhoto: Buffer;
beforeAll(async () => {
  reader = createCardReader({ readMs: PATIENCE }); // its own 10 s are for people, not for a busy machine
  photo = await cardPhoto('easy', 1);
  linkPhoto = await photograph('https://example.org/q/4TD9-KX0M', LEVELS.easy, chanceFrom(2));
});
afterAll(() => reader.close());

const blank = (width: number, height: number) =>
  sharp({ create: { width, height, channels: 3, background: '#ccc' }, limitInputPixels: false });

test.each<Level>(['easy', 'medium', 'hard'])(
  'twenty %s photos out of twenty are read, every field right',
  async (level) => {
    const missed: number[] = [];
    for (let seed = 1; seed <= 20; seed++) {
      const { image, card } = await cardPhoto(level, seed);
      const result = await reader.read(image);
      if (!result.ok) missed.push(seed);
      else expect(result.card).toEqual(card);
    }
    expect(missed).toEqual([]);
  },
  5 * PATIENCE,
);

describe('whatever a phone or a messenger made of it', () => {
  test.each<[string, (image: Sharp) => Sharp]>([
    ['PNG', (image) => image.png()],
    [
      'PNG of 16 bits with alpha, interlaced',
      (image) => image.ensureAlpha(0.9).toColourspace('rgb16').png({ progressive: true }),
    ],
    ['WebP', (image) => image.webp({ quality: 70 })],
    ['progressive JPEG', (image) => image.jpeg({ progressive: true })],
    ['CMYK JPEG', (image) => image.toColourspace('cmyk').jpeg()],
    ['JPEG lying on its side', (image) => image.withMetadata({ orientation: 6 }).jpeg()],
    ['negative', (image) => image.negate().jpeg()],
    ['mirrored by the front camera', (image) => image.flop().jpeg()],
    ['twelve megapixels', (image) => image.resize(4_080, 3_060).jpeg({ quality: 80 })],
    ['fifty megapixels', (image) => image.resize(8_160, 6_120).jpeg({ quality: 50 })],
  ])('%s', async (_what, make) => {
    const image = await make(sharp(photo.image)).toBuffer();
    expect(await reader.read(image)).toEqual({ ok: true, card: photo.card });
  });

  test('the rest of it lost on the way, after the code', async () => {
    const image = photo.image.subarray(0, Math.floor(photo.image.length * 0.9));
    expect(await reader.read(image)).toEqual({ ok: true, card: photo.card });
  });

  test('several codes in one picture: the one that is a card', async () => {
    const { width, height } = await sharp(photo.image).metadata();
    const both = blank(2 * width, height).composite([
      { input: linkPhoto, left: 0, top: 0 },
      { input: photo.image, left: width, top: 0 },
    ]);
    expect(await reader.read(await both.jpeg().toBuffer())).toEqual({ ok: true, card: photo.card });
  });
});

describe('what cannot be read is told apart', () => {
  const cut = (part: number) => photo.image.subarray(0, Math.floor(photo.image.length * part));
  test.each<[string, () => Uint8Array | Promise<Uint8Array>, string]>([
    ['nothing', () => new Uint8Array(0), 'notAnImage'],
    ['garbage', () => Buffer.from('garbage '.repeat(1_000)), 'notAnImage'],
    ['a HEIC', () => Buffer.from('\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic', 'latin1'), 'notAnImage'],
    [
      'an SVG',
      () => Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'),
      'notAnImage',
    ],
    ['only the head of a JPEG', () => photo.image.subarray(0, 100), 'notAnImage'],
    [
      'garbage after the head of a PNG',
      () => Buffer.from('\x89PNG\r\n\x1a\n garbage garbage', 'latin1'),
      'notAnImage',
    ],
    ['a JPEG cut before the code', () => cut(0.2), 'noCode'],
    ['no code', () => blank(640, 480).jpeg().toBuffer(), 'noCode'],
    ['one pixel', () => blank(1, 1).png().toBuffer(), 'noCode'],
    ['a line', () => blank(1, 30_000).png().toBuffer(), 'noCode'],
    ['a code that is no card', () => linkPhoto, 'notACard'],
    ['too many bytes', () => Buffer.concat([photo.image, Buffer.alloc(IMAGE_BYTES_MAX)]), 'tooLarge'],
    ['too many pixels for a PNG', () => blank(4_001, 4_000).png().toBuffer(), 'tooManyPixels'],
    ['too many pixels for a WebP', () => blank(4_001, 4_000).webp().toBuffer(), 'tooManyPixels'],
  ])('%s', async (_what, make, problem) => {
    expect(await reader.read(await make())).toEqual({ ok: false, problem });
  });

  test('a decompression bomb, without decoding it', async () => {
    const bomb = await blank(12_000, 9_000).jpeg({ quality: 30 }).toBuffer();
    const before = process.memoryUsage().rss;
    const from = process.cpuUsage();
    expect(await reader.read(bomb)).toEqual({ ok: false, problem: 'tooManyPixels' });
    expect(process.cpuUsage(from).user / 1_000).toBeLessThan(500); // decoding it takes 1,900 ms of a core
    expect(process.memoryUsage().rss - before).toBeLessThan(50e6); // and 486 MB
  });

  test('a photo with broken bytes has some answer, and the reader lives', async () => {
    const chance = chanceFrom(7);
    const small = await sharp(photo.image).resize(640).jpeg().toBuffer();
    const place = (image: Buffer) => Math.floor(chance() * image.length);
    for (let round = 0; round < 20; round++) {
      const broken = Buffer.from(small);
      for (let byte = 0; byte < 10; byte++) broken[place(broken)] = Math.floor(chance() * 256);
      expect(await reader.read(broken)).toHaveProperty('ok');
    }
    expect(await reader.read(photo.image)).toMatchObject({ ok: true });
  });
});

describe('the server goes on', () => {
  test('of fifty photos at once as many are held as may wait; the rest hear that it is busy', async () => {
    const small = createCardReader({ waitingMax: 8, readMs: PATIENCE });
    const results = await Promise.all(Array.from({ length: 50 }, () => small.read(photo.image)));
    expect(results.filter(({ ok }) => ok)).toHaveLength(8);
    expect(results.filter((result) => !result.ok && result.problem === 'busy')).toHaveLength(42);
    expect(await small.read(photo.image)).toMatchObject({ ok: true });
    await small.close();
  });

  test('its event loop turns while a photo is read', async () => {
    const empty = await blank(4_080, 3_060).jpeg().toBuffer();
    let turns = 0;
    const ticking = setInterval(() => {
      turns += 1;
    }, 10);
    const from = performance.now();
    expect(await reader.read(empty)).toEqual({ ok: false, problem: 'noCode' });
    clearInterval(ticking);
    expect(performance.now() - from).toBeGreaterThan(200);
    expect(turns).toBeGreaterThan(5); // it would be none
  });

  test('a photo that takes too long is given up, again and again', async () => {
    const hasty = createCardReader({ readMs: 1 });
    for (let round = 0; round < 3; round++) {
      expect(await hasty.read(photo.image)).toEqual({ ok: false, problem: 'timeout' });
    }
    await hasty.close();
  });

  test('the photo stays the caller’s', async () => {
    const shared = Buffer.from(new Uint8Array(photo.image.length + 100).buffer, 50, photo.image.length);
    photo.image.copy(shared);
    expect(await reader.read(shared)).toMatchObject({ ok: true });
    expect(shared.equals(photo.image)).toBe(true);
  });

  const onLinux = platform === 'linux' ? test : test.skip;
  onLinux('the photo is written nowhere', async () => {
    const written = async () => Number(/^wchar: (\d+)$/m.exec(await readFile('/proc/self/io', 'utf8'))?.[1]);
    const before = await written();
    expect(await reader.read(photo.image)).toMatchObject({ ok: true });
    expect((await written()) - before).toBeLessThan(photo.image.length / 4);
  });

  test('after closing it says so', async () => {
    const shut = createCardReader();
    const waiting = [shut.read(photo.image), shut.read(photo.image)];
    const ended = Promise.all(waiting.map((read) => expect(read).rejects.toThrow()));
    await shut.close();
    await ended;
    await expect(shut.read(photo.image)).rejects.toThrow('the card reader is closed');
  });
});
