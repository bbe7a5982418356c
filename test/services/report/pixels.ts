/** Reads a chart back from its pixels. */
import sharp from 'sharp';
import type { Level } from '../../../src/domain/declaration.ts';
import { COLOURS } from '../../../src/services/report/chart.ts';

/** The picture's places for bars: where `chart.ts` draws seven days. */
const LEFT = 16;
const ROOM = 688 / 7;
const TOP = 178;
const FOOT = 492;

/** How many pixels of a level's colour stand above each other within the bar of each day. */
export const heights = async (png: Uint8Array, level: Level): Promise<readonly number[]> => {
  const { data, info } = await sharp(png).removeAlpha().raw().toBuffer({ resolveWithObject: true });
  const wanted = [1, 3, 5].map((at) => Number.parseInt(COLOURS[level].slice(at, at + 2), 16));
  const isIt = (x: number, y: number): boolean =>
    wanted.every((part, channel) => Math.abs((data[(y * info.width + x) * 3 + channel] ?? 0) - part) < 12);
  return Array.from({ length: 7 }, (_, day) => {
    // Beside the middle, where no number stands.
    const x = Math.round(LEFT + ROOM * (day + 0.5)) - 28;
    return Array.from({ length: FOOT - TOP }, (_row, row) => isIt(x, TOP + row)).filter(Boolean).length;
  });
};
