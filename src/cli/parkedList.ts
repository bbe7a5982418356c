import { shortIds } from '../domain/shortIds.ts';
import { countParked, listParked, type ParkedRow, parkedIds } from '../services/parked/rows.ts';
import { inBoth } from './bothLanguages.ts';
import type { CliParts } from './parts.ts';
import { writeInstant, writeTime } from './read.ts';
import { table } from './table.ts';

/** More than a person looks through; the count tells the rest. A program gets all. */
const LISTED = 200;

export interface Listing {
  readonly all?: boolean;
  readonly json?: boolean;
}

/** Nothing that is sealed; who has read or settled it are staff. */
const asJson = (row: ParkedRow, id: string | undefined) => {
  const { at, channel, chat, code, stack, opened = [], settledBy, settledAt } = row;
  return {
    id,
    at: writeInstant(at.getTime()),
    channel,
    chat,
    code,
    where: stack[0] ?? null,
    opened: opened.map((one) => ({ by: one.by, at: writeInstant(one.at.getTime()) })),
    ...(settledAt && { settledBy, settledAt: writeInstant(settledAt.getTime()) }),
  };
};

const asText = (rows: readonly ReturnType<typeof asJson>[]): string => JSON.stringify(rows, null, 2);

const asCells = ({ _id, at, channel, code, stack, opened = [], settledBy = '' }: ParkedRow, name = _id) => [
  name,
  writeTime(at.getTime()),
  channel,
  code,
  opened.at(-1)?.by ?? '',
  settledBy,
  stack[0] ?? '',
];

/** What waits for somebody to look at it, the newest first. */
export const parkedList = async (parts: CliParts, { all = false, json }: Listing): Promise<string> => {
  const { parked } = parts.database.collections;
  const rows = await listParked(parked, all, json ? 0 : LISTED);
  const names = shortIds(await parkedIds(parked));
  if (json) return asText(rows.map((row) => asJson(row, names.get(row._id))));
  if (rows.length === 0) return inBoth({ key: all ? 'parked.noneAtAll' : 'parked.none' });
  const count = rows.length < LISTED ? rows.length : await countParked(parked, all);
  const more =
    count > rows.length ? [inBoth({ key: 'parked.more', values: { shown: rows.length, count } })] : [];
  const heads = ['id', 'at', 'channel', 'code', 'opened by', 'settled by', 'where'];
  const cells = rows.map((row) => asCells(row, names.get(row._id)));
  return [table(heads, cells), ...more].join('\n');
};
