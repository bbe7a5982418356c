/** A message to many on several days ("SMS-style broadcast"): what is planned, before anybody approved it. */
import { addDays, isDay } from '../day.ts';
import type { Means } from '../declaration.ts';
import { ok, type Parsed, problem } from '../parsed.ts';
import { CLOSES, OPENS } from '../quietHours.ts';
import { clean } from '../text.ts';

/**
 * Whom it is for. `list`: phone numbers that were imported with it; `lists`, where they came in by a chat, names where they
 * are kept until the audience is fixed, and `total` how many they are.
 */
export type Audience =
  | { readonly kind: 'all' | 'notDeclared' }
  | { readonly kind: 'list'; readonly lists?: readonly string[]; readonly total?: number }
  /** Area paths: '12/03595'; the province's own is everybody whose place is known. */
  | { readonly kind: 'communes'; readonly areas: readonly string[] }
  | { readonly kind: 'means'; readonly means: readonly Means[] }
  /**
   * vehicles: people who came in a vehicle with a number plate. operators: those who carry others, that is who declared for
   * somebody else who came in one. Of these plates alone when some are named.
   */
  | { readonly kind: 'vehicles' | 'operators'; readonly plates: readonly string[] };

export interface CampaignPlan {
  /** Vietnamese, with its marks. */
  readonly text: string;
  /** Whether an SMS keeps the marks; it costs about twice as many segments. */
  readonly accented: boolean;
  readonly audience: Audience;
  /** Names of channels; each person is tried on the first of theirs, on later days on the next. */
  readonly channels: readonly string[];
  /** 'YYYY-MM-DD'; the first day that can still begin when it is not given. */
  readonly from?: string;
  /** Consecutive days. */
  readonly days: number;
  /** Minutes after midnight in Vietnam between which it is sent. */
  readonly opens: number;
  readonly closes: number;
  /** VND a segment of an SMS costs by the contract with whoever sends it; absent: the shipped tariff. */
  readonly price?: number;
}

/** What a campaign is when nobody says otherwise. Chats cost nothing; what is left is for the paid one. */
export const USUAL_PLAN = {
  accented: false,
  channels: ['telegram', 'botframework', 'web', 'sms'],
  days: 5,
  opens: 8 * 60,
  closes: 20 * 60,
} as const;

/** The longest text: three segments of an SMS without marks, with the words that tell how to stop it, and no more. */
const MAX_TEXT = 420;
const MIN_TEXT = 10;
export const MOST_DAYS = 14;
/** How far ahead the first day may lie. */
export const MOST_AHEAD = 90;
/** A window is no shorter (minutes): a day that began late must still be able to reach somebody. */
const SHORTEST = 120;

const fits = (text: string): boolean => text.length >= MIN_TEXT && text.length <= MAX_TEXT;

/** Whether people may be written to in these hours, and they are long enough. */
export const fitsDay = ({ opens, closes }: Pick<CampaignPlan, 'opens' | 'closes'>): boolean =>
  opens >= OPENS && closes <= CLOSES && closes - opens >= SHORTEST;

export const parseCampaignText = (raw: string): Parsed<string> => {
  const text = clean(raw);
  return fits(text) ? ok(text) : problem('problem.campaignText');
};

export type PlanProblem = 'text' | 'days' | 'from' | 'hours' | 'channels' | 'audience';

const isEmpty = (audience: Audience): boolean =>
  (audience.kind === 'communes' && audience.areas.length === 0) ||
  (audience.kind === 'list' && audience.total === 0) ||
  (audience.kind === 'means' && audience.means.length === 0);

/** What of a plan cannot be done, all at once. */
export const planProblems = (plan: CampaignPlan, today: string): readonly PlanProblem[] => {
  const { text, days, from, opens, closes, channels, audience } = plan;
  const checks: readonly (readonly [PlanProblem, boolean])[] = [
    ['text', fits(clean(text))],
    ['days', Number.isInteger(days) && days >= 1 && days <= MOST_DAYS],
    ['from', from === undefined || (isDay(from) && from >= today && from <= addDays(today, MOST_AHEAD))],
    ['hours', fitsDay({ opens, closes })],
    ['channels', channels.length > 0 && new Set(channels).size === channels.length],
    ['audience', !isEmpty(audience)],
  ];
  return checks.flatMap(([problem, well]) => (well ? [] : [problem]));
};
