import { LEVELS, type Level } from '../declaration.ts';
import type { ByLevel } from './report.ts';

/** A rectangle of the chart, in pixels from the left and the top. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** One day as a bar: what is mild at the bottom, what is grave on top. */
export interface Bar {
  readonly day: string;
  readonly declared: number;
  readonly parts: readonly (Box & { readonly level: Level })[];
  /** Of the bar: its middle and its upper end. */
  readonly x: number;
  readonly top: number;
}

export interface Bars {
  readonly bars: readonly Bar[];
  /** Lines to read the height by, with the count they stand for. */
  readonly grid: readonly { readonly y: number; readonly count: number }[];
}

/** A single grave case among thousands must be seen. */
const LEAST = 4;
/** Of the room of one day, so much is bar. */
const SHARE = 0.68;
const LINES = 4;

/** The next round number that four lines divide evenly: 4, 8, 20, 40, 80, 200 … */
const roundUp = (count: number): number => {
  for (let power = 1; ; power *= 10) {
    const found = [1, 2, 5].map((step) => step * power * LINES).find((most) => most >= count);
    if (found !== undefined) return found;
  }
};

const heightsOf = (byLevel: ByLevel, scale: number): readonly (readonly [Level, number])[] =>
  LEVELS.filter((level) => byLevel[level] > 0).map((level) => [
    level,
    Math.max(LEAST, Math.round(byLevel[level] * scale)),
  ]);

/** Bars of some days, within a box. */
export const barsOf = (
  days: readonly { readonly day: string; readonly declared: number; readonly byLevel: ByLevel }[],
  box: Box,
): Bars => {
  const most = roundUp(Math.max(1, ...days.map(({ declared }) => declared)));
  const [room, scale] = [box.width / Math.max(1, days.length), box.height / most];
  const foot = box.y + box.height;
  const bars = days.map(({ day, declared, byLevel }, index): Bar => {
    const middle = Math.round(box.x + room * (index + 0.5));
    const width = Math.round(room * SHARE);
    const x = middle - Math.round(width / 2);
    let top = foot;
    const parts = heightsOf(byLevel, scale).map(([level, height]) => {
      top -= height;
      return { level, x, y: top, width, height };
    });
    return { day, declared, parts, x: middle, top };
  });
  const grid = Array.from({ length: LINES + 1 }, (_, line) => ({
    y: foot - (box.height / LINES) * line,
    count: (most / LINES) * line,
  }));
  return { bars, grid };
};
