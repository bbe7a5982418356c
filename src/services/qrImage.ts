import { encode } from 'fast-png';
import QRCode from 'qrcode';

/** Q restores a quarter of the code: scratched screens, wet paper. */
const CORRECTED = 'Q';
/** Modules of quiet around it (ISO 18004). */
const QUIET = 4;
/** The image's side is no longer than this (pixels): sharp on a phone, small over 2G. */
const SIDE = 480;

const WHITE = 0xff;

/** A row of pixels, eight to a byte, of one row of modules. */
const rowOf = (dark: (column: number) => boolean, size: number, scale: number): Uint8Array => {
  const row = new Uint8Array(Math.ceil(((size + 2 * QUIET) * scale) / 8)).fill(WHITE);
  for (let column = 0; column < size; column += 1) {
    if (!dark(column)) continue;
    const from = (column + QUIET) * scale;
    for (let pixel = from; pixel < from + scale; pixel += 1)
      row[pixel >> 3] = (row[pixel >> 3] ?? 0) & ~(0x80 >> (pixel & 7));
  }
  return row;
};

/**
 * A QR as PNG, in black and white: a kilobyte. qrcode's own images are in full colour, four times as large, and take
 * twenty milliseconds of the thread that answers everybody; these take two.
 */
export const qrImage = (text: string): Buffer => {
  const { modules } = QRCode.create(text, { errorCorrectionLevel: CORRECTED });
  const { size } = modules;
  const scale = Math.max(1, Math.floor(SIDE / (size + 2 * QUIET)));
  const side = (size + 2 * QUIET) * scale;
  const bytes = Math.ceil(side / 8);
  const data = new Uint8Array(bytes * side).fill(WHITE);
  for (let y = 0; y < size; y += 1) {
    const row = rowOf((x) => modules.get(y, x) === 1, size, scale);
    for (let line = 0; line < scale; line += 1) data.set(row, ((y + QUIET) * scale + line) * bytes);
  }
  return Buffer.from(encode({ width: side, height: side, data, depth: 1, channels: 1 }));
};

/** The same in characters, for a terminal. */
export const qrText = (text: string): Promise<string> =>
  QRCode.toString(text, { errorCorrectionLevel: CORRECTED, margin: QUIET, type: 'utf8' });
