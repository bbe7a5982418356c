import { DAY_MS, startOfDay } from '../../domain/day.ts';
import type { CountedPassages, Pair } from '../../domain/report/counted.ts';
import type { Collections } from '../../store/collections.ts';
import { available } from '../../store/errors.ts';
import type { PassageDoc } from '../../store/passages.ts';
import { checkpointName } from '../passages/checkpoints.ts';
import { type Span, within } from './span.ts';

interface Row {
  readonly _id: Pick<PassageDoc, 'checkpoint' | 'area' | 'decision'>;
  readonly people: number;
  /** Out of an index a plate that is not there comes as null. */
  readonly plates: readonly (string | null)[];
}

/** What counts passages that are alike: of fields that all stand in one index. */
export const passedIn = (span: Span) => [
  { $match: { at: within(span) } },
  {
    $group: {
      _id: { checkpoint: '$checkpoint', area: '$area', decision: '$decision' },
      people: { $sum: 1 },
      plates: { $addToSet: '$plateIndex' },
    },
  },
];

type Read = (rows: readonly Row[]) => number;

const people =
  (decision: PassageDoc['decision']): Read =>
  (rows) =>
    rows.filter(({ _id }) => _id.decision === decision).reduce((sum, row) => sum + row.people, 0);

/** Vehicles whose people were let pass: one that brought ten is one, and one without a plate is none. */
const vehicles: Read = (rows) =>
  rows
    .filter(({ _id }) => _id.decision === 'passed')
    .flatMap(({ plates }) => plates)
    .filter((plate) => plate !== null).length;

const passed = people('passed');

/** The passages of a day up to a moment, and of the day before to the same hour, the busiest checkpoint first. */
export const countPassages = async (
  { passages }: Pick<Collections, 'passages'>,
  day: string,
  until: number,
): Promise<readonly CountedPassages[]> => {
  const rowsIn = (span: Span) => available(passages.aggregate<Row>(passedIn(span)).toArray());
  const start = startOfDay(day);
  const today = await rowsIn([start, until]);
  const yesterday = await rowsIn([start - DAY_MS, until - DAY_MS]);
  const posts = new Map(
    [...today, ...yesterday].map(({ _id: { checkpoint, area } }) => [
      `${area} ${checkpoint}`,
      { checkpoint, area },
    ]),
  );
  const counted = [...posts.values()].map(({ checkpoint, area }): CountedPassages => {
    const its = (rows: readonly Row[]) =>
      rows.filter(({ _id }) => _id.checkpoint === checkpoint && _id.area === area);
    const pair = (read: Read): Pair => ({ today: read(its(today)), yesterday: read(its(yesterday)) });
    return {
      checkpoint: checkpointName(checkpoint),
      area,
      ...pair(passed),
      vehicles: pair(vehicles),
      sentBack: pair(people('sentBack')),
      handedOver: pair(people('handedOver')),
    };
  });
  return counted.toSorted((a, b) => b.today - a.today || (a.area < b.area ? -1 : 1));
};
