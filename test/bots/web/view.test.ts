import { describe, expect, test } from '@jest/globals';
import { createPhotos, looksLikePhoto } from '../../../bots/web/photos.ts';
import { withLinks } from '../../../bots/web/text.ts';
import { createTranscript } from '../../../bots/web/transcript.ts';
import type { Letter } from '../../../src/delivery/letter.ts';
import { line, type Say } from '../../../src/dialogue/say.ts';
import { renderer } from './site.ts';

const transcript = createTranscript(renderer);
const greeting: Say = { notes: [], turn: 0, choices: [{ id: '/go:small', label: line('small.menu') }] };

const drawn = (letters: readonly Letter[], from = 0): readonly string[] =>
  transcript.draw('vi', letters, greeting, from).map(({ markup }) => markup.markup);

const said = (n: number, say: Partial<Say>): Letter => ({
  id: `chat:${n}:1`,
  lang: 'vi',
  say: { notes: [], turn: n, ...say },
});
const echo = (n: number, event: NonNullable<Letter['echo']>): Letter => ({
  id: `chat:${n}:0`,
  lang: 'vi',
  echo: event,
});

const consent: Partial<Say> = {
  ask: line('small.consent'),
  choices: [
    { id: 'yes', label: line('small.consent.yes') },
    { id: 'no', label: line('small.consent.no') },
    { id: '/back', label: line('engine.back'), control: true },
  ],
};

describe('a message', () => {
  test('cannot bring markup of its own', () => {
    const nasty = `"><script>alert('x')</script><img src=x onerror=alert(1)>`;
    const all = [
      said(1, {
        notes: [line('small.done', { name: nasty, code: nasty })],
        choices: [{ id: nasty, label: nasty }],
      }),
      echo(2, { type: 'text', text: nasty }),
      said(3, { notes: [], image: { kind: 'qr', code: nasty } }),
    ];
    for (const markup of drawn(all)) {
      expect(markup).not.toContain('<script');
      expect(markup).not.toContain('<img src=x');
      expect(markup).not.toMatch(/="[^"]*"[^ >/]/);
    }
  });

  test('keeps its buttons only while it is the newest; an alert keeps them', () => {
    const alert = said(0, { choices: [{ id: '/go:alert', label: 'Nhận' }] });
    const [old, late, newest] = drawn([said(1, consent), { ...alert, id: 'alert:7' }, said(2, consent)]);
    expect(old).not.toContain('<button');
    expect(late).toContain('value="/go:alert"');
    expect(newest).toContain('name="turn" value="2"');
  });

  test.each([
    ['a button', { type: 'choice', ids: ['no'], turn: 1 }, 'Không đồng ý'],
    [
      'ticks with the button that sends them',
      { type: 'choice', ids: ['yes', 'no', '/back'], turn: 1 },
      'Đồng ý, Không đồng ý',
    ],
    ['a button of the greeting', { type: 'choice', ids: ['/go:small'] }, 'Khai báo cho tôi'],
    ['a button that is gone', { type: 'choice', ids: ['x'], turn: 9 }, '…'],
    ['a photo', { type: 'photo' }, 'Ảnh đã gửi'],
    ['a place', { type: 'location', lat: 22, lon: 103 }, 'Vị trí hiện tại'],
  ] as const)('of the person shows %s in words', (_name, event, words) => {
    const [, own] = drawn([said(1, consent), echo(2, event)]);
    expect(own).toContain(`<p>${words}</p>`);
    expect(own).toContain('data-rev="2"');
  });

  test('of a part is drawn with what came before it', () => {
    expect(drawn([said(1, consent), echo(2, { type: 'choice', ids: ['yes'], turn: 1 })], 1)).toHaveLength(1);
  });

  test('in another language than the page says so', () => {
    const english: Letter = { ...said(1, consent), lang: 'en' } as Letter;
    expect(drawn([english])[0]).toContain(
      '<article class="theirs" data-id="chat:1:1" data-turn="1" lang="en">',
    );
  });

  test('with several choices has boxes, one button that sends them, and none of these by itself', () => {
    const [markup = ''] = drawn([
      said(1, {
        several: true,
        ask: line('small.symptoms'),
        choices: [
          { id: 'fever', label: 'Sốt', picked: true },
          { id: 'cough', label: 'Ho' },
          { id: 'none', label: 'Không' },
          { id: 'done', label: 'Xong', control: true },
          { id: '/back', label: 'Quay lại', control: true },
        ],
      }),
    ]);
    expect(markup.match(/<form/g)).toHaveLength(3);
    expect(markup.match(/type="checkbox"/g)).toHaveLength(2);
    expect(markup).toContain('value="fever" checked');
    expect(markup).toContain('<button class="primary" name="choice" value="done">Xong</button></div></form>');
    // It stands beside the other one, always in sight, and takes none of the ticks with it.
    const [, owner = ''] =
      /value="none" form="([^"]+)">Không<\/button><button class="primary"/.exec(markup) ?? [];
    const [alone = ''] = new RegExp(`<form class="choices" id="${owner}".*?</form>`).exec(markup) ?? [];
    expect(alone).toMatch(/name="deliveryId".*name="turn"/);
    expect(alone).not.toContain('checkbox');
  });
});

test.each([
  ['gọi 0213 3876 515.', 'gọi <a href="tel:02133876515">0213 3876 515</a>.'],
  ['gọi 0912.345.678', 'gọi <a href="tel:0912345678">0912.345.678</a>'],
  ['+84 912 345 678', '<a href="tel:+84912345678">+84 912 345 678</a>'],
  ['1900 9095', '<a href="tel:19009095">1900 9095</a>'],
  ['xem https://a.vn/q/x_y-z.', 'xem <a href="https://a.vn/q/x_y-z">https://a.vn/q/x_y-z</a>.'],
  ['căn cước 012345678901', 'căn cước 012345678901'],
  ['mã 0123456789AB', 'mã 0123456789AB'],
  ['javascript:alert(1) <b>', 'javascript:alert(1) &lt;b&gt;'],
])('%s is written with its links', (sentence, markup) => {
  expect(
    withLinks(sentence, line('any', { list: { list: [{ key: 'x', values: { sentence } }] } })).markup,
  ).toBe(markup);
});

test('a number that stands in the catalogue is an example, and nobody is called by it', () => {
  const said = 'Ví dụ: 0912 345 678. Số của chị: 0987 654 321';
  expect(withLinks(said, line('any', { phone: '0987 654 321' })).markup).toBe(
    'Ví dụ: 0912 345 678. Số của chị: <a href="tel:0987654321">0987 654 321</a>',
  );
});

describe('photos', () => {
  test('are handed out once, and make room again', () => {
    const photos = createPhotos(100);
    photos.reserve(60).fill('a', new Uint8Array(50));
    expect(() => photos.reserve(60)).toThrow(expect.objectContaining({ status: 503, retryAfter: 10 }));
    expect(photos.take('a')?.length).toBe(50);
    expect(photos.take('a')).toBeNull();
    const room = photos.reserve(100);
    room.giveBack();
    room.giveBack();
    photos.reserve(100).fill('b', new Uint8Array(100));
    photos.clear();
    expect(photos.take('b')).toBeNull();
  });

  test('sent again take the place of the first', () => {
    const photos = createPhotos(100);
    photos.reserve(40).fill('a', new Uint8Array(40));
    photos.reserve(40).fill('a', new Uint8Array(40));
    expect(() => photos.reserve(60)).not.toThrow();
  });

  test('nobody fetches are forgotten', async () => {
    const photos = createPhotos(100, 20);
    photos.reserve(10).fill('a', new Uint8Array(10));
    await new Promise((resolve) => setTimeout(resolve, 60));
    expect(photos.take('a')).toBeNull();
  });

  test.each([
    ['JPEG', '\xff\xd8\xff\xe0', true],
    ['PNG', '\x89PNG\r\n\x1a\n', true],
    ['WebP', 'RIFF1234WEBP', true],
    ['HEIC', '1234ftypheic', true],
    ['HTML', '<html>', false],
    ['nothing', '', false],
  ])('%s', (_name, head, photo) => {
    expect(looksLikePhoto(Buffer.from(head, 'latin1'))).toBe(photo);
  });
});
