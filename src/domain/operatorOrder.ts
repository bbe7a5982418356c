import { addDays, isDay } from './day.ts';
import type { Problem } from './parsed.ts';
import { smsOf } from './sms/segments.ts';

/**
 * What operators are asked to send to every subscriber of an area: the province has no list of them, the operators do.
 * Reach is theirs to report (`operatorFigures.ts`), not ours to promise.
 */
export interface OrderTerms {
  /** As it is to be sent, in NFC. */
  readonly text: string;
  /** The sender name (brandname) that subscribers see. */
  readonly sender: string;
  /** Official codes of the province or of communes. */
  readonly areas: readonly string[];
  /** 'YYYY-MM-DD', one after the other. */
  readonly days: readonly string[];
  /** 'HH:MM' in Vietnam. */
  readonly from: string;
  readonly to: string;
  /** Ids of `data/campaign/orders.json`. */
  readonly operators: readonly string[];
}

/** A campaign of the province lasts five days; SMS by operators are ordered for as many. */
export const USUAL_DAYS = 5;
const MAX_DAYS = 10;

/** Care messages of operators end at 459 letters without marks (delivery.md 2.5), which are three segments. */
const MAX_SEGMENTS = 3;

/**
 * A sender name has at most 11 characters (3GPP TS 23.040, 9.1.2.5) and no special signs; which of these an operator
 * registers stands in its contract.
 */
const SENDER = /^(?=.*[A-Za-z])[A-Za-z0-9](?:[A-Za-z0-9 ._-]{0,9}[A-Za-z0-9])?$/;

/** Advertising is allowed from 07:00 to 22:00 (Decree 91/2020/NĐ-CP, as reported); notices of the province keep to it. */
const OPENS = '07:00';
const CLOSES = '22:00';
const TIME = /^(?:[01]\d|2[0-3]):[0-5]\d$/;

/** Days in a row, from the first. */
export const daysFrom = (first: string, count: number): readonly string[] =>
  Array.from({ length: count }, (_, at) => addDays(first, at));

const when = (wrong: boolean, key: string, values?: Problem['values']): readonly Problem[] =>
  wrong ? [values === undefined ? { key } : { key, values }] : [];

const textProblems = ({ text }: OrderTerms): readonly Problem[] => {
  const { segments } = smsOf(text);
  if (text.trim() === '') return [{ key: 'order.text.empty' }];
  return when(segments > MAX_SEGMENTS, 'order.text.long', { segments, most: MAX_SEGMENTS });
};

const dayProblems = ({ days }: OrderTerms, today: string): readonly Problem[] => {
  const [first = ''] = days;
  const inARow = days.length >= 1 && days.length <= MAX_DAYS && days.every(isDay) && isRow(days, first);
  if (!inARow) return [{ key: 'order.days.wrong', values: { most: MAX_DAYS } }];
  return when(first < today, 'order.days.past', { day: plainDay(first) });
};

const isRow = (days: readonly string[], first: string): boolean =>
  days.every((day, at) => day === addDays(first, at));

/** '2026-11-23' as an official letter writes it: "23/11/2026". */
export const plainDay = (day: string): string => day.split('-').reverse().join('/');

/** Everything that is wrong with an order, in sentences of the catalogue; none when it may be placed. */
export const orderProblems = (
  terms: OrderTerms,
  today: string,
  known: readonly string[],
): readonly Problem[] => {
  const { sender, areas, from, to, operators } = terms;
  const hours = TIME.test(from) && TIME.test(to) && from >= OPENS && to <= CLOSES && from < to;
  const named = operators.length > 0 && new Set(operators).size === operators.length;
  const strange = operators.filter((operator) => !known.includes(operator));
  return [
    ...textProblems(terms),
    ...when(!SENDER.test(sender), 'order.sender.wrong', { sender }),
    ...when(areas.length === 0, 'order.area.none'),
    ...dayProblems(terms, today),
    ...when(!hours, 'order.hours.wrong', { from: OPENS, to: CLOSES }),
    ...when(!named, 'order.operators.none'),
    ...when(strange.length > 0, 'order.operators.strange', {
      operators: strange.join(', '),
      known: known.join(', '),
    }),
  ];
};
