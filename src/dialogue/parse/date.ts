import { addDays, makeDay } from '../../domain/day.ts';
import { fold } from '../../domain/text.ts';

/** Which way a day without a year lies: behind us, or near today; 'full' when the year has to be there (a birth). */
export type Lies = 'past' | 'near' | 'full';

const DAYS: readonly (readonly [offset: number, words: string])[] = [
  [-2, 'hom kia, bua kia, ngay kia truoc, day before yesterday'],
  [-1, 'hom qua, hqua, h qua, bua qua, qua, yesterday'],
  [0, 'hom nay, hnay, h nay, bua nay, nay, bay gio, hien tai, vua xong, today, now'],
  [1, 'ngay mai, mai, bua mai, tomorrow'],
  [2, 'ngay kia, ngay mot, day after tomorrow'],
];

const WORDS: ReadonlyMap<string, number> = new Map(
  DAYS.flatMap(([offset, words]) => words.split(', ').map((word) => [word, offset] as const)),
);

/** A part of the day says nothing of which day: "tối qua", "chiều hôm nay", "sáng ngày mai". */
const PART_OF_DAY =
  /^(?:(?:rang|luc|vao) )?(?:sang som|sang|trua|chieu|toi|dem|khuya|this morning|tonight)(?: |$)/;

const MONTHS = [
  'january',
  'february',
  'march',
  'april',
  'may',
  'june',
  'july',
  'august',
  'september',
  'october',
  'november',
  'december',
];

const monthNumber = (word: string): number => MONTHS.findIndex((month) => month.startsWith(word)) + 1;

const distance = (iso: string, today: string): number => Math.abs(Date.parse(iso) - Date.parse(today));

/** "90" → 1990, "15" → 2015: never later than this year, unless the day lies near today. */
const fullYear = (digits: string, today: string, lies: Lies): number => {
  if (digits.length === 4) return Number(digits);
  const year = 2000 + Number(digits);
  const latest = Number(today.slice(0, 4)) + (lies === 'near' ? 1 : 0);
  return year > latest ? year - 100 : year;
};

/** A day and month take the year that brings them nearest to today, or the last one that is past. */
const guessYear = (month: number, day: number, today: string, lies: Lies): string | null => {
  const year = Number(today.slice(0, 4));
  const found = [year - 1, year, year + 1]
    .map((candidate) => makeDay(candidate, month, day))
    .filter((iso) => iso !== null);
  if (lies === 'full') return null;
  if (lies === 'past') return found.findLast((iso) => iso <= today) ?? null;
  return found.sort((a, b) => distance(a, today) - distance(b, today))[0] ?? null;
};

const relative = (text: string, today: string): string | null => {
  const offset = WORDS.get(text) ?? WORDS.get(text.replace(/^(?:ngay )?(?:hom )?/, ''));
  if (offset !== undefined) return addDays(today, offset);
  const ago = /^(?:cach day |truoc day )?(\d{1,3}) (?:ngay|hom|bua|days?)(?: (truoc|qua|ago|nua|toi))?$/.exec(
    text,
  );
  const ahead = /^(?:in|sau) (\d{1,3}) (?:ngay|hom|days?)(?: nua)?$/.exec(text);
  if (ahead) return addDays(today, Number(ahead[1]));
  if (!ago || (ago[2] === undefined && !/^(?:cach|truoc)/.test(text))) return null;
  return addDays(today, /nua|toi/.test(ago[2] ?? '') ? Number(ago[1]) : -Number(ago[1]));
};

const spelled = (text: string): readonly [string, string, string | undefined] | null => {
  const vi = /^(\d{1,2})\s*(?:thang|thg|t)\s*(\d{1,2})(?:\s*,?\s*(?:nam\s*)?(\d{4}|\d{2}))?$/.exec(text);
  if (vi?.[1] && vi[2]) return [vi[1], vi[2], vi[3]];
  const en = /^(\d{1,2})(?:st|nd|rd|th)?[ -](?:of )?([a-z]{3,9})(?:[., -]+(\d{4}))?$/.exec(text);
  if (en?.[1] && en[2] && monthNumber(en[2]) > 0) return [en[1], String(monthNumber(en[2])), en[3]];
  const us = /^([a-z]{3,9})\.? (\d{1,2})(?:st|nd|rd|th)?(?:[, ]+(\d{4}))?$/.exec(text);
  if (us?.[1] && us[2] && monthNumber(us[1]) > 0) return [us[2], String(monthNumber(us[1])), us[3]];
  const iso = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})$/.exec(text);
  if (iso?.[1] && iso[2] && iso[3]) return [iso[3], iso[2], iso[1]];
  const digits = /^(\d{2})(\d{2})(\d{4})$/.exec(text);
  if (digits?.[1] && digits[2]) return [digits[1], digits[2], digits[3]];
  const usual = /^(\d{1,2})\s*[-/.,\\ ]\s*(\d{1,2})(?:\s*[-/.,\\ ]\s*(\d{4}|\d{2}))?$/.exec(text);
  return usual?.[1] && usual[2] ? [usual[1], usual[2], usual[3]] : null;
};

/** Words that stand before a date and say nothing more: "sinh ngày 15/3/1990", "ngày sinh: 15/3/1990". */
const LEAD =
  /^(?:toi )?(?:ngay sinh|sinh ngay|sinh|born on|born|di tu|di|tu|on|vao)?:? ?(?:(?:ngay|hom(?! qua| kia| nay)|mung|mong|date):? )?/;
/** And after it: "15/3/1990 nhé". */
const TAIL = / (?:a|nhe|nha|thoi|roi)$/;

/**
 * A day as Vietnam writes it: "15/3/1990", "15.03.90", "15-3", "15 tháng 3", "hôm qua", "3 ngày trước".
 * @param today 'YYYY-MM-DD' in Vietnam
 * @returns 'YYYY-MM-DD', or null when it is not a day
 */
export const parseDay = (raw: string, today: string, lies: Lies): string | null => {
  const text = fold(raw).replace(TAIL, '');
  const bare = text.replace(LEAD, '');
  const [partless, bareless] = [text.replace(PART_OF_DAY, ''), bare.replace(PART_OF_DAY, '')];
  const near = [text, bare, partless, bareless]
    .map((one) => relative(one, today))
    .find((day) => day !== null);
  if (near !== undefined) return near;
  const parts = spelled(text) ?? spelled(bare) ?? spelled(bareless);
  if (parts === null) return null;
  const [day, month, year] = parts;
  if (year === undefined) return guessYear(Number(month), Number(day), today, lies);
  return makeDay(fullYear(year, today, lies), Number(month), Number(day));
};

/**
 * A year alone: "1990", "năm 1990", "sinh năm 90", "SN 1990". Two digits alone may be an age or a day.
 * @returns 'YYYY', or null when it is none
 */
export const parseYear = (raw: string, today: string): string | null => {
  const text = fold(raw).replace(TAIL, '');
  const match =
    /^(?:toi )?(?:sinh nam|nam sinh|sinh|nam|sn|born in|born|year):? ?(\d{4}|\d{2})$|^(\d{4})$/.exec(text);
  const digits = match?.[1] ?? match?.[2];
  return digits === undefined ? null : String(fullYear(digits, today, 'past'));
};
