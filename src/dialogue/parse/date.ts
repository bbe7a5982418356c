import { addDays, makeDay } from '../../domain/day.ts';
import { fold } from '../../domain/text.ts';

/** Which way a day without a year lies: a birth behind us, a journey near today. */
export type Lies = 'past' | 'near';

const WORDS: ReadonlyMap<string, number> = new Map([
  ...[
    'hom nay',
    'nay',
    'ngay hom nay',
    'bay gio',
    'today',
    'now',
    'sang nay',
    'chieu nay',
    'toi nay',
    'trua nay',
  ].map((word) => [word, 0] as const),
  ...['hom qua', 'ngay hom qua', 'qua', 'toi qua', 'dem qua', 'yesterday'].map((word) => [word, -1] as const),
  ...['hom kia', 'ngay hom kia'].map((word) => [word, -2] as const),
  ...['ngay mai', 'mai', 'sang mai', 'chieu mai', 'toi mai', 'tomorrow'].map((word) => [word, 1] as const),
  ...['ngay kia', 'ngay mot', 'mot', 'day after tomorrow'].map((word) => [word, 2] as const),
]);

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

const monthNumber = (word: string): number => MONTHS.indexOf(word.slice(0, 3)) + 1;

/** "90" → 1990, "15" → 2015: never later than this year. */
const fullYear = (digits: string, today: string): number => {
  if (digits.length === 4) return Number(digits);
  const year = 2000 + Number(digits);
  return year > Number(today.slice(0, 4)) ? year - 100 : year;
};

/** A day and month take the year that brings them nearest to today, or the last one that is past. */
const guessYear = (month: number, day: number, today: string, lies: Lies): string | null => {
  const year = Number(today.slice(0, 4));
  const found = [year - 1, year, year + 1]
    .map((candidate) => makeDay(candidate, month, day))
    .filter((iso) => iso !== null);
  const past = found.filter((iso) => iso <= today);
  if (lies === 'past') return past.at(-1) ?? null;
  const distance = (iso: string): number => Math.abs(Date.parse(iso) - Date.parse(today));
  return found.sort((a, b) => distance(a) - distance(b))[0] ?? null;
};

const relative = (text: string, today: string): string | null => {
  const offset = WORDS.get(text);
  if (offset !== undefined) return addDays(today, offset);
  const ago = /^(?:cach day )?(\d{1,3}) (?:ngay|hom|days?) (?:truoc|qua|ago)$|^cach day (\d{1,3}) ngay$/.exec(
    text,
  );
  if (ago) return addDays(today, -Number(ago[1] ?? ago[2]));
  const ahead = /^(?:in )?(\d{1,3}) (?:ngay|hom|days?)(?: nua| toi)?$/.exec(text);
  return ahead && /nua|toi|in /.test(text) ? addDays(today, Number(ahead[1])) : null;
};

const spelled = (text: string): readonly [string, string, string | undefined] | null => {
  const vi = /^(\d{1,2})\s*(?:thang|thg|t)\s*(\d{1,2})(?:\s*,?\s*(?:nam\s*)?(\d{4}|\d{2}))?$/.exec(text);
  if (vi?.[1] && vi[2]) return [vi[1], vi[2], vi[3]];
  const en = /^(\d{1,2})(?:st|nd|rd|th)? (?:of )?([a-z]{3,9})\.?,? ?(\d{4})?$/.exec(text);
  if (en?.[1] && en[2] && monthNumber(en[2]) > 0) return [en[1], String(monthNumber(en[2])), en[3]];
  const us = /^([a-z]{3,9})\.? (\d{1,2})(?:st|nd|rd|th)?,? ?(\d{4})?$/.exec(text);
  if (us?.[1] && us[2] && monthNumber(us[1]) > 0) return [us[2], String(monthNumber(us[1])), us[3]];
  const iso = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})$/.exec(text);
  if (iso?.[1] && iso[2] && iso[3]) return [iso[3], iso[2], iso[1]];
  const digits = /^(\d{2})(\d{2})(\d{4})$/.exec(text);
  if (digits?.[1] && digits[2]) return [digits[1], digits[2], digits[3]];
  const usual = /^(\d{1,2})\s*[-/. ]\s*(\d{1,2})(?:\s*[-/. ]\s*(\d{4}|\d{2}))?$/.exec(text);
  return usual?.[1] && usual[2] ? [usual[1], usual[2], usual[3]] : null;
};

/** Words that stand before a date and say nothing more: "sinh ngày 15/3/1990". */
const LEAD = /^(?:toi )?(?:(?:sinh|born|di|tu|on|vao)\s+)?(?:(?:ngay|hom|mung|mong|date)\s+)?/;

/**
 * A day as Vietnam writes it: "15/3/1990", "15.03.90", "15-3", "15 tháng 3", "hôm qua", "3 ngày trước".
 * @param today 'YYYY-MM-DD' in Vietnam
 * @returns 'YYYY-MM-DD', or null when it is not a day
 */
export const parseDay = (raw: string, today: string, lies: Lies): string | null => {
  const text = fold(raw);
  const near = relative(text, today);
  if (near !== null) return near;
  const parts = spelled(text.replace(LEAD, '')) ?? spelled(text);
  if (parts === null) return relative(text.replace(LEAD, ''), today);
  const [day, month, year] = parts;
  if (year === undefined) return guessYear(Number(month), Number(day), today, lies);
  return makeDay(fullYear(year, today), Number(month), Number(day));
};

/** A year alone: "1990", "năm 1990", "sinh năm 90", "SN 1990". Returns 'YYYY' or null. */
export const parseYear = (raw: string, today: string): string | null => {
  const match = /^(?:(?:toi )?(?:sinh nam|sinh|nam|sn|born in|born|year)\s*)?(\d{4}|\d{2})$/.exec(fold(raw));
  return match?.[1] === undefined ? null : String(fullYear(match[1], today));
};
