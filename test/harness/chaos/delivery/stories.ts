import type { Evidence, Planned, Row, Told } from './evidence.ts';

/** All that is known of one message. */
export interface Story {
  readonly planned: Planned;
  readonly rows: readonly Row[];
  /** What the platform took, in its order. */
  readonly taken: readonly Told[];
  readonly doubts: number;
  readonly refused: boolean;
  /** The row of what was said next about the same thing. */
  readonly newer: Row | undefined;
}

const grouped = <T>(items: readonly T[], keyOf: (item: T) => string | undefined): Map<string, T[]> => {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    if (key === undefined) continue;
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return groups;
};

/** One story for each message that was planned. */
export const storiesOf = ({ planned, rows, told, doubts, refused }: Evidence): readonly Story[] => {
  const rowsOf = grouped(rows, ({ _id }) => _id);
  const takenOf = grouped(
    told.filter(({ status }) => status === 200),
    ({ tag }) => tag,
  );
  const newer = new Map(planned.map(({ id, after }) => [after, rowsOf.get(id)?.[0]]));
  return planned.map((each) => ({
    planned: each,
    rows: rowsOf.get(each.id) ?? [],
    taken: takenOf.get(each.tag) ?? [],
    doubts: doubts.get(each.id) ?? 0,
    refused: refused.has(each.id),
    newer: newer.get(each.id),
  }));
};
