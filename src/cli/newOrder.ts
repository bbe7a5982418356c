import { dayOf } from '../domain/day.ts';
import { daysFrom, type OrderTerms, USUAL_DAYS } from '../domain/operatorOrder.ts';
import { unaccented } from '../domain/sms/unaccented.ts';
import { clean } from '../domain/text.ts';
import { type OrderBook, operatorCalled } from '../services/operatorOrders/book.ts';
import type { CliParts } from './parts.ts';
import { allAtOnce, CommandProblem } from './problem.ts';
import { readDay, readPlace } from './read.ts';

/** An order as typed. */
export interface OrderGiven {
  readonly text: string;
  readonly sender: string;
  readonly area: readonly string[];
  readonly first: string;
  readonly days: string;
  readonly hours: string;
  readonly operators?: string;
  /** Send it with its marks, at up to twice the segments. */
  readonly accented?: boolean;
}

const readHours = (text: string): readonly [string, string] => {
  const match = /^(\d{1,2}(?::\d{2})?) ?[-–] ?(\d{1,2}(?::\d{2})?)$/.exec(text.trim());
  if (match === null) throw new CommandProblem(`"${text}" are no hours: write them as 08:00-20:00.`);
  const time = (one = '') => (one.includes(':') ? one : `${one}:00`).padStart(5, '0');
  return [time(match[1]), time(match[2])];
};

const readOperators = (text: string | undefined, book: OrderBook): readonly string[] => {
  if (text === undefined) return book.operators.map(({ id }) => id);
  const named = text.split(',').map((one) => one.trim());
  // A name nobody knows is kept: the order says which ones are known.
  return named.map((one) => operatorCalled(book, one)?.id ?? one);
};

const readCount = (text: string): number => {
  if (!/^\d{1,2}$/.test(text)) throw new CommandProblem(`"${text}" is no number of days.`);
  return Number(text);
};

/** @throws CommandProblem that names everything that cannot be read */
export const readOrder = (given: OrderGiven, parts: CliParts, book: OrderBook): OrderTerms => {
  const read = {
    areas: () => given.area.map((area) => readPlace(area, parts).code),
    days: () => daysFrom(readDay(given.first, parts.now), readCount(given.days)),
    hours: () => readHours(given.hours),
  };
  allAtOnce(...Object.values(read));
  const [from, to] = read.hours();
  const text = clean(given.text);
  return {
    text: given.accented ? text : unaccented(text),
    sender: clean(given.sender),
    areas: read.areas(),
    days: read.days(),
    from,
    to,
    operators: readOperators(given.operators, book),
  };
};

/** What the options are when they are not given. */
export const orderDefaults = {
  first: (now: number): string => dayOf(now + 86_400_000),
  days: String(USUAL_DAYS),
  hours: '08:00-20:00',
};
