import { addDays, DAY_MS, startOfDay } from '../../domain/day.ts';
import type { Level } from '../../domain/declaration.ts';
import { stateAt, waitsUntil } from '../../domain/report/alertTimes.ts';
import type {
  Counted,
  CountedAlert,
  CountedDay,
  CountedDeclarations,
  CountedOpen,
  Origin,
} from '../../domain/report/counted.ts';
import { REPORT_DAYS } from '../../domain/report/figures.ts';
import type { AlertDoc } from '../../store/alerts.ts';
import type { Collections } from '../../store/collections.ts';
import type { DeclarationDoc } from '../../store/declarations.ts';
import { available } from '../../store/errors.ts';
import { COUNTERS, type ReportCounters } from './elsewhere.ts';

export interface CountParts {
  readonly collections: Collections;
  /** Code of the home province. */
  readonly home: string;
  readonly counters?: ReportCounters;
}

/** From and until, ms since 1970; the end is not part of it. */
type Span = readonly [from: number, until: number];

const within = ([from, until]: Span) => ({ $gte: new Date(from), $lt: new Date(until) });

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

const declarationsIn = async (
  { collections, home }: CountParts,
  span: Span,
): Promise<readonly CountedDeclarations[]> => {
  const rows = await available(
    collections.declarations.aggregate<{ _id: Found; count: number }>(alikeIn(span)).toArray(),
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

const countDays = async ({ collections }: CountParts, span: Span): Promise<readonly CountedDay[]> => {
  type Row = { _id: Omit<CountedDay, 'count'>; count: number };
  const rows = await available(collections.declarations.aggregate<Row>(daysIn(span)).toArray());
  return rows.map(({ _id, count }) => ({ ..._id, count }));
};

const SEEN = { _id: 0, area: 1, at: 1, history: 1 } as const;

type SeenAlert = Pick<AlertDoc, 'area' | 'at' | 'history'>;

/** What became of alerts up to a moment. `freshAt` is never before `at`, and has an index. */
const alertsIn = async ({ collections }: CountParts, span: Span): Promise<readonly CountedAlert[]> => {
  const [from, until] = span;
  const raised = { freshAt: { $gte: new Date(from) }, at: within(span) };
  const docs = await available(
    collections.alerts.find<SeenAlert>(raised, { projection: SEEN }).sort({ at: 1 }).toArray(),
  );
  return docs.map(({ area, history }) => {
    const entries = history.map(({ what, at }) => ({ what: what as 'opened', at: at.getTime() }));
    return { area, state: stateAt(entries, until), waits: waitsUntil(entries, until) };
  });
};

const openNow = async ({ collections }: CountParts): Promise<readonly CountedOpen[]> => {
  const projection = { _id: 0, area: 1, at: 1, nobodySince: 1 } as const;
  const docs = await available(
    collections.alerts
      .find<Pick<AlertDoc, 'area' | 'at' | 'nobodySince'>>({ state: 'open' }, { projection })
      .toArray(),
  );
  return docs.map(({ area, at, nobodySince }) => ({ area, since: (nobodySince ?? at).getTime() }));
};

/**
 * Counts a day up to a moment in it, and yesterday to the same hour. A day that lies behind is counted whole.
 * @param now ms since 1970
 */
export const countDay = async (parts: CountParts, day: string, now: number): Promise<Counted> => {
  const { counters = COUNTERS } = parts;
  const [start, end] = [startOfDay(day), startOfDay(addDays(day, 1))];
  const until = Math.max(start, Math.min(now, end));
  const today: Span = [start, until];
  const yesterday: Span = [start - DAY_MS, until - DAY_MS];
  const all: Span = [start - (REPORT_DAYS - 1) * DAY_MS, until];
  return {
    day,
    until,
    today: await declarationsIn(parts, today),
    yesterday: await declarationsIn(parts, yesterday),
    days: await countDays(parts, all),
    alertsToday: await alertsIn(parts, today),
    alertsYesterday: await alertsIn(parts, yesterday),
    ...(until === now ? { open: await openNow(parts) } : {}),
    campaigns: await counters.campaigns(parts.collections, day, until),
    passages: await counters.passages(parts.collections, day, until),
  };
};
