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

/** A single grave case among thousands must be seen. */
const LEAST = 4;
/** Of the room of one day, so much is bar. */
const SHARE = 0.68;

const heightsOf = (byLevel: ByLevel, scale: number): readonly (readonly [Level, number])[] =>
  LEVELS.filter((level) => byLevel[level] > 0).map((level) => [
    level,
    Math.max(LEAST, Math.round(byLevel[level] * scale)),
  ]);

/** Bars of some days, within a box: the day with the most fills it. Each bar has its number, so there is no scale to read. */
export const barsOf = (
  days: readonly { readonly day: string; readonly declared: number; readonly byLevel: ByLevel }[],
  box: Box,
): readonly Bar[] => {
  const most = Math.max(1, ...days.map(({ declared }) => declared));
  const [room, scale] = [box.width / Math.max(1, days.length), box.height / most];
  const width = Math.round(room * SHARE);
  return days.map(({ day, declared, byLevel }, index): Bar => {
    const middle = Math.round(box.x + room * (index + 0.5));
    const x = middle - Math.round(width / 2);
    let top = box.y + box.height;
    const parts = heightsOf(byLevel, scale).map(([level, height]) => {
      top -= height;
      return { level, x, y: top, width, height };
    });
    return { day, declared, parts, x: middle, top };
  });
};
