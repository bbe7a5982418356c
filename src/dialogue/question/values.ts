import { addDays, daysBetween, isDay } from '../../domain/day.ts';
import { parseDay, parseYear } from '../parse/date.ts';
import { parseNumber } from '../parse/simple.ts';
import { line } from '../say.ts';
import { type Identity, makeQuestion, type QuestionOptions } from './base.ts';
import { type Env, type Option, problemTaken, type Question, valueTaken } from './question.ts';

export interface NumberOptions extends QuestionOptions {
  readonly min: number;
  readonly max: number;
  readonly whole?: boolean;
}

export const numberQuestion = (who: Identity, given: NumberOptions): Question => {
  const fits = (value: unknown): value is number =>
    typeof value === 'number' &&
    value >= given.min &&
    value <= given.max &&
    (given.whole === false || Number.isInteger(value));
  return makeQuestion('number', who, given, {
    read: (raw) => {
      const value = parseNumber(raw);
      return fits(value)
        ? valueTaken(value)
        : problemTaken('problem.number', { min: given.min, max: given.max });
    },
    fits,
    input: 'number',
    usual: given.min,
  });
};

export interface DateOptions extends QuestionOptions {
  /** Days before and after today that are possible. */
  readonly back: number;
  readonly ahead: number;
  /** A birth: a year alone will do, and the day lies behind us. */
  readonly birth?: boolean;
  /** The sentence for a day that is not possible here, where the usual one does not fit. */
  readonly range?: string;
  /** Days offered as buttons, relative to today: 0 today, -1 yesterday. */
  readonly quick?: readonly number[];
}

const QUICK: ReadonlyMap<number, string> = new Map([
  [-2, 'day.beforeYesterday'],
  [-1, 'day.yesterday'],
  [0, 'day.today'],
  [1, 'day.tomorrow'],
]);

const quickOptions = (days: readonly number[], today: string): readonly Option[] =>
  days.map((offset) => {
    const date = addDays(today, offset);
    const label = { key: QUICK.get(offset) ?? 'day.plain', values: { date: { date } } };
    return { id: date, value: date, label };
  });

const within = (value: string, today: string, given: DateOptions): boolean => {
  if (/^\d{4}$/.test(value)) {
    const years = Number(today.slice(0, 4)) - Number(value);
    return given.birth === true && years >= 0 && years * 365 <= given.back;
  }
  if (!isDay(value)) return false;
  const offset = daysBetween(today, value);
  return offset >= -given.back && offset <= given.ahead;
};

/**
 * The first four weeks of a life. "Hôm nay" at a birth is more often a slip than a child of today, who may be declared
 * all the same: it is asked about, not refused.
 */
const NEWBORN_DAYS = 28;
const isNewborn = (value: string, today: string): boolean =>
  isDay(value) && daysBetween(today, value) > -NEWBORN_DAYS;

const readDate = (raw: string, env: Env, given: DateOptions): string | null =>
  (given.birth === true ? parseYear(raw, env.today) : null) ??
  parseDay(raw, env.today, given.birth === true ? 'full' : given.ahead === 0 ? 'past' : 'near');

/** A day ('YYYY-MM-DD'), or for a birth also a year alone ('YYYY'). */
export const dateQuestion = (who: Identity, today: string, given: DateOptions): Question =>
  makeQuestion('date', who, given, {
    read: (raw, env) => {
      const value = readDate(raw, env, given);
      if (value === null) return problemTaken(given.birth === true ? 'problem.birth' : 'problem.date');
      if (within(value, env.today, given))
        return given.birth === true && isNewborn(value, env.today)
          ? { is: 'which', values: [value] }
          : valueTaken(value);
      return problemTaken(given.range ?? (given.birth === true ? 'problem.birthRange' : 'problem.dateRange'));
    },
    fits: (value, env) => typeof value === 'string' && within(value, env.today, given),
    show: (value) => ({ date: String(value) }),
    input: 'date',
    // Three wrong dates of birth are asked for less, not for more: many know the year only.
    ...(given.birth === true ? { way: 'birth', which: line('engine.which.birth') } : {}),
    options: quickOptions(given.quick ?? [], today),
    usual: given.birth === true ? '1990' : today,
  });
