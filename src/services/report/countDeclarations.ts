import type { Level } from '../../domain/declaration.ts';
import type { CountedDay, CountedDeclarations, Origin } from '../../domain/report/counted.ts';
import type { Collections } from '../../store/collections.ts';
import type { DeclarationDoc } from '../../store/declarations.ts';
import { available } from '../../store/errors.ts';
import { type Span, within } from './span.ts';

type Found = Pick<DeclarationDoc, 'area' | 'status' | 'kind' | 'from'> & { readonly level: Level };

/** Versions that were laid aside are none of these; the newest keeps the time of the first. */
const NEWEST: { $in: DeclarationDoc['status'][] } = { $in: ['valid', 'withdrawn'] };

/** What was declared before the start was kept in the open tells by its kind whether it came from abroad. */
const originOf = ({ from, kind }: Pick<Found, 'from' | 'kind'>, home: string): Origin => {
  if (from === undefined || from === null) return kind === 'entry' ? 'abroad' : 'home';
  if (from === home) return 'home';
  return /^[A-Z]{2}$/.test(from) ? 'abroad' : 'province';
};

/** What counts declarations that are alike: of fields that all stand in one index. */
export const alikeIn = (span: Span) => [
  { $match: { at: within(span), status: NEWEST } },
  {
    $group: {
      _id: { area: '$area', level: '$level', status: '$status', kind: '$kind', from: '$from' },
      count: { $sum: 1 },
    },
  },
  { $sort: { _id: 1 } },
];

export const countDeclarations = async (
  { declarations }: Pick<Collections, 'declarations'>,
  home: string,
  span: Span,
): Promise<readonly CountedDeclarations[]> => {
  const rows = await available(
    declarations.aggregate<{ _id: Found; count: number }>(alikeIn(span)).toArray(),
  );
  return rows.map(({ _id: found, count }) => ({
    area: found.area,
    level: found.level,
    origin: originOf(found, home),
    withdrawn: found.status === 'withdrawn',
    count,
  }));
};

/** Vietnam's days: one time zone, no daylight saving. */
const DAY = { $dateToString: { date: '$at', format: '%Y-%m-%d', timezone: '+07:00' } };

export const daysIn = (span: Span) => [
  { $match: { at: within(span), status: 'valid' } },
  { $group: { _id: { day: DAY, area: '$area', level: '$level' }, count: { $sum: 1 } } },
  { $sort: { _id: 1 } },
];

export const countDays = async (
  { declarations }: Pick<Collections, 'declarations'>,
  span: Span,
): Promise<readonly CountedDay[]> => {
  type Row = { _id: Omit<CountedDay, 'count'>; count: number };
  const rows = await available(declarations.aggregate<Row>(daysIn(span)).toArray());
  return rows.map(({ _id, count }) => ({ ..._id, count }));
};
