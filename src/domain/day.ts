/** Calendar days as 'YYYY-MM-DD' in Vietnam time (UTC+7, no daylight saving). */

const OFFSET_MS = 7 * 3_600_000;
export const DAY_MS = 86_400_000;

const writeDay = (days: number): string => new Date(days * DAY_MS).toISOString().slice(0, 10);

/** Nearly always the same day is asked for, at every message. */
let written = { days: 0, day: writeDay(0) };

/** The day in Vietnam at an instant (ms since 1970). */
export const dayOf = (at: number): string => {
  const days = Math.floor((at + OFFSET_MS) / DAY_MS);
  if (days !== written.days) written = { days, day: writeDay(days) };
  return written.day;
};

/** The instant (ms since 1970) at which a day begins in Vietnam. */
export const startOfDay = (day: string): number => Date.parse(`${day}T00:00:00Z`) - OFFSET_MS;

export const addDays = (day: string, days: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);

/** Whole days from one day to another; negative when `to` is earlier. */
export const daysBetween = (from: string, to: string): number =>
  Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / DAY_MS);

/** 'YYYY-MM-DD' when the three numbers are a day of the calendar, else null. */
export const makeDay = (year: number, month: number, day: number): string | null => {
  const date = new Date(Date.UTC(year, month - 1, day));
  const real =
    date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  return real && year >= 1000 && year <= 9999 ? date.toISOString().slice(0, 10) : null;
};

export const isDay = (text: string): boolean => {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  return match !== null && makeDay(Number(match[1]), Number(match[2]), Number(match[3])) !== null;
};

/** Full years between a birth ('YYYY' or 'YYYY-MM-DD') and a day; a year alone counts from its first day. */
export const ageOn = (born: string, day: string): number => {
  const years = Number(day.slice(0, 4)) - Number(born.slice(0, 4));
  return born.length === 10 && born.slice(5) > day.slice(5) ? years - 1 : years;
};
