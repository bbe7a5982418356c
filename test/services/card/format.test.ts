import { expect, test } from '@jest/globals';
import { formatOf } from '../../../src/services/card/format.ts';

const bytes = (text: string) => new Uint8Array(Buffer.from(text, 'latin1'));

test.each([
  ['\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01', 'jpeg'],
  ['\xff\xd8\xff\xe1..Exif', 'jpeg'],
  ['\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR', 'png'],
  ['RIFF\x10\x00\x00\x00WEBPVP8 ', 'webp'],
  ['RIFF\x10\x00\x00\x00WAVEfmt ', null],
  ['RIFF', null],
  ['\x00\x00\x00\x18ftypheic\x00\x00\x00\x00', null],
  ['\x00\x00\x00\x1cftypavif\x00\x00\x00\x00', null],
  ['GIF89a', null],
  ['BM....', null],
  ['II*\x00', null],
  ['%PDF-1.7', null],
  ['<svg xmlns="http://www.w3.org/2000/svg"/>', null],
  ['\xff\xd8', null],
  ['\x89PNG\n\x1a\n', null],
  ['P5\n1 1\n255\n\x00', null],
  ['', null],
])('%j is %s', (start, format) => {
  expect(formatOf(bytes(start))).toBe(format);
});
