import { ok, type Parsed, problem } from '../parsed.ts';
import { clean, toneless } from '../text.ts';
import { type CampaignPlan, fitsDay, MOST_DAYS } from './campaign.ts';

type Hours = Pick<CampaignPlan, 'opens' | 'closes'>;

/** Minutes after midnight as a clock shows them. */
export const writeMinutes = (minutes: number): string =>
  `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;

export const writeHours = ({ opens, closes }: Hours): string =>
  `${writeMinutes(opens)}-${writeMinutes(closes)}`;

const TIME = String.raw`(\d{1,2})\s*(?:[:.hg]|gio)?\s*(\d{2})?\s*(?:[hgp]|gio|phut)?`;
const HOURS = new RegExp(`^(?:tu|from)?\\s*${TIME}\\s*(?:-|–|—|den|toi|to|until)\\s*${TIME}$`);

const minutesOf = (hours = '', minutes = '0'): number =>
  Number(minutes) < 60 ? Number(hours) * 60 + Number(minutes) : Number.NaN;

/** "08:00-20:00", "8h đến 20h", "7 giờ 30 tới 19 giờ"; null: that is none. */
const readHours = (raw: string): Hours | null => {
  const match = HOURS.exec(toneless(clean(raw)));
  if (match === null) return null;
  const [, from, fromMinutes, to, toMinutes] = match;
  return { opens: minutesOf(from, fromMinutes), closes: minutesOf(to, toMinutes) };
};

/** Hours of a day as they are kept: "08:00-20:00". What lies outside of what is allowed is told apart from what is none. */
export const parseHours = (raw: string): Parsed<string> => {
  const hours = readHours(raw);
  if (hours === null) return problem('problem.campaignHours');
  return fitsDay(hours) ? ok(writeHours(hours)) : problem('problem.campaignHoursRange');
};

/** Those of a plan, from hours as they are kept. */
export const hoursOf = (kept: string): Hours => readHours(kept) ?? { opens: Number.NaN, closes: Number.NaN };

/** A number of consecutive days: "7", "7 ngày". */
export const parseDays = (raw: string): Parsed<number> => {
  const [, digits = ''] = /^(\d{1,3})\s*(?:ngay|days?)?$/.exec(toneless(clean(raw))) ?? [];
  const days = Number(digits);
  return days >= 1 && days <= MOST_DAYS ? ok(days) : problem('problem.campaignDays', { max: MOST_DAYS });
};
