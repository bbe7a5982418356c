import { addDays, DAY_MS, dayOf, startOfDay } from '../day.ts';
import type { CampaignPlan } from './campaign.ts';

/** One day of a campaign; all times ms since 1970. */
export interface CampaignDay {
  /** 'YYYY-MM-DD' in Vietnam. */
  readonly day: string;
  readonly dueAt: number;
  /** A day that was not begun by then is reported, and not sent in the night. */
  readonly notAfter: number;
  /** Nothing of this day is sent from then on. */
  readonly endsAt: number;
}

type Hours = Pick<CampaignPlan, 'opens' | 'closes'>;

const MINUTE_MS = 60_000;
const LAST_HOUR = 60 * MINUTE_MS;
/** Its rows are made before it begins, so that the first leaves in time. */
const AHEAD = 60 * MINUTE_MS;

export const campaignDay = ({ opens, closes }: Hours, day: string): CampaignDay => {
  const midnight = startOfDay(day);
  const endsAt = midnight + closes * MINUTE_MS;
  return { day, dueAt: midnight + opens * MINUTE_MS, notAfter: endsAt - LAST_HOUR, endsAt };
};

/** The day a campaign approved now begins on; null when the day that was asked for cannot begin any more. */
export const firstDay = (
  { from, ...hours }: Hours & Pick<CampaignPlan, 'from'>,
  now: number,
): string | null => {
  const begins = (day: string): boolean => now <= campaignDay(hours, day).notAfter;
  const today = dayOf(now);
  if (from !== undefined && from > today) return from;
  if (begins(today) && (from === undefined || from === today)) return today;
  return from === undefined ? addDays(today, 1) : null;
};

/** Its days, by the first of them. */
export const campaignDays = (
  plan: Hours & Pick<CampaignPlan, 'days'>,
  first: string,
): readonly CampaignDay[] =>
  Array.from({ length: plan.days }, (_, n) => campaignDay(plan, addDays(first, n)));

/** early: not yet; open: to be begun, or under way; late: to be reported if it was not begun; over: done. */
export const stageOf = (
  { dueAt, notAfter, endsAt }: CampaignDay,
  now: number,
): 'early' | 'open' | 'late' | 'over' => {
  if (now < dueAt - AHEAD) return 'early';
  if (now <= notAfter) return 'open';
  return now < endsAt ? 'late' : 'over';
};

/** Hours a day has for sending (ms). */
export const windowOf = ({ opens, closes }: Hours): number =>
  Math.min(DAY_MS, Math.max(0, closes - opens) * MINUTE_MS);
