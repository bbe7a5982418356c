import { LEVELS } from '../declaration.ts';
import type { DayFigures, Report } from './report.ts';

/** One line of the report: a figure of today beside yesterday's. Without a difference where one of them is missing. */
export interface Compared {
  readonly name: string;
  readonly today: number | null;
  readonly yesterday: number | null;
  readonly difference: number | null;
}

type Pick = (day: DayFigures) => number | null;

const FIGURES: readonly (readonly [name: string, pick: Pick])[] = [
  ['declared', (day) => day.declared],
  ['entered', (day) => day.entered],
  ['abroad', (day) => day.abroad],
  ['withdrawn', (day) => day.withdrawn],
  ...LEVELS.toReversed().map((level) => [level, (day: DayFigures) => day.byLevel[level]] as const),
  ['raised', (day) => day.raised],
  ['open', (day) => day.byState.open],
  ['claimed', (day) => day.byState.claimed],
  ['called', (day) => day.byState.called],
  ['closed', (day) => day.byState.closed],
  ['median', (day) => day.median],
  ['longest', (day) => day.longest],
];

/** Every figure of today beside that of yesterday, in the order of the report. */
export const comparedOf = ({ today, yesterday }: Report): readonly Compared[] =>
  FIGURES.map(([name, pick]) => {
    const [now, before] = [pick(today), pick(yesterday)];
    return {
      name,
      today: now,
      yesterday: before,
      difference: now === null || before === null ? null : now - before,
    };
  });
