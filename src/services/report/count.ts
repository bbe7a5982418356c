import { addDays, DAY_MS, startOfDay } from '../../domain/day.ts';
import type { Counted } from '../../domain/report/counted.ts';
import { REPORT_DAYS } from '../../domain/report/figures.ts';
import type { Collections } from '../../store/collections.ts';
import { countAlerts, countOpen } from './countAlerts.ts';
import { countDays, countDeclarations } from './countDeclarations.ts';
import { COUNTERS, type ReportCounters } from './elsewhere.ts';
import type { Span } from './span.ts';

export interface CountParts {
  readonly collections: Collections;
  /** Code of the home province. */
  readonly home: string;
  readonly counters?: ReportCounters;
}

/**
 * Counts a day up to a moment in it, and yesterday to the same hour. A day that lies behind is counted whole.
 * @param now ms since 1970
 */
export const countDay = async (parts: CountParts, day: string, now: number): Promise<Counted> => {
  const { collections, home, counters = COUNTERS } = parts;
  const [start, end] = [startOfDay(day), startOfDay(addDays(day, 1))];
  const until = Math.max(start, Math.min(now, end));
  const today: Span = [start, until];
  const yesterday: Span = [start - DAY_MS, until - DAY_MS];
  const all: Span = [start - (REPORT_DAYS - 1) * DAY_MS, until];
  return {
    day,
    until,
    today: await countDeclarations(collections, home, today),
    yesterday: await countDeclarations(collections, home, yesterday),
    days: await countDays(collections, all),
    alertsToday: await countAlerts(collections, today),
    alertsYesterday: await countAlerts(collections, yesterday),
    ...(until === now ? { open: await countOpen(collections) } : {}),
    campaigns: await counters.campaigns(collections, day, until),
    passages: await counters.passages(collections, day, until),
  };
};
