import { expect, test } from '@jest/globals';
import sharp from 'sharp';
import { readCodes } from '../../src/services/card/codes.ts';
import { qrImage } from '../../src/services/qrImage.ts';

const link = (length: number): string => `https://khaibao.example/q/${'Ab3_'.repeat(length / 4)}`;
const greyOf = async (image: Buffer) => {
  const { data, info } = await sharp(image).greyscale().raw().toBuffer({ resolveWithObject: true });
  return { data, width: info.width, height: info.height };
};
const read = async (image: Buffer): Promise<readonly string[]> => readCodes(await greyOf(image));

test.each([4, 60, 100, 400, 1_200])(
  'a link with %d characters behind it is read from its image',
  async (length) => {
    expect(await read(qrImage(link(length)))).toEqual([link(length)]);
  },
);

test('small over 2G, and sharp: a kilobyte or so, two colours, modules of whole pixels, white all around', async () => {
  const image = qrImage(link(60));
  expect(image.length).toBeLessThan(1_500);
  const { data, width, height } = await greyOf(image);
  expect(width).toBe(height);
  expect(width).toBeGreaterThan(400);
  expect(width).toBeLessThanOrEqual(480);
  expect(new Set(data)).toEqual(new Set([0, 255]));
  const border = [...data.subarray(0, width * 4)];
  expect(new Set(border)).toEqual(new Set([255]));
});

test('a torn corner does no harm', async () => {
  const whole = qrImage(link(60));
  const { width } = await sharp(whole).metadata();
  const torn = Math.floor(width / 4);
  const hole = await sharp({ create: { width: torn, height: torn, channels: 3, background: '#fff' } })
    .png()
    .toBuffer();
  const image = await sharp(whole)
    .toColourspace('srgb')
    .composite([{ input: hole, left: width - torn, top: width - torn }])
    .png()
    .toBuffer();
  expect(await read(image)).toEqual([link(60)]);
});
