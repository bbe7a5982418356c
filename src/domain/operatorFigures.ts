import { type OrderTerms, plainDay } from './operatorOrder.ts';
import type { Problem } from './parsed.ts';

/** What one operator reports of one day: numbers of messages. */
export interface Figure {
  readonly operator: string;
  /** 'YYYY-MM-DD' */
  readonly day: string;
  readonly sent: number;
  readonly delivered: number;
  readonly failed: number;
  readonly pending: number;
}

export const COUNTS = ['sent', 'delivered', 'failed', 'pending'] as const;
export type Counts = Readonly<Record<(typeof COUNTS)[number], number>>;

export const figureKey = ({ operator, day }: Pick<Figure, 'operator' | 'day'>): string =>
  `${operator} ${day}`;

export const sameCounts = (a: Counts, b: Counts): boolean => COUNTS.every((count) => a[count] === b[count]);

/** What holds now: of several figures of one operator and day the last one given; earlier ones are its history. */
export const currentFigures = <One extends Figure>(history: readonly One[]): ReadonlyMap<string, One> =>
  new Map(history.map((figure) => [figureKey(figure), figure]));

export const totalOf = (figures: Iterable<Counts>): Counts => {
  const total = { sent: 0, delivered: 0, failed: 0, pending: 0 };
  for (const figure of figures) for (const count of COUNTS) total[count] += figure[count];
  return total;
};

type Name = (operator: string) => string;

const missing = (terms: OrderTerms, current: ReadonlyMap<string, Figure>, today: string, name: Name) =>
  terms.operators.flatMap((operator) =>
    terms.days
      // A day is reported on the next one.
      .filter((day) => day < today && !current.has(figureKey({ operator, day })))
      .map((day) => ({
        key: 'order.figures.missing',
        values: { operator: name(operator), day: plainDay(day) },
      })),
  );

/** What one figure says that cannot be, or should not. */
const doubts = (terms: OrderTerms, figure: Figure, name: Name): readonly Problem[] => {
  const { operator, day, sent, delivered, failed, pending } = figure;
  const whose = { operator: name(operator), day: plainDay(day) };
  const sum = delivered + failed + pending;
  const found: Problem[] = [];
  if (sum !== sent) found.push({ key: 'order.figures.sum', values: { ...whose, sent, sum } });
  if (!terms.days.includes(day)) found.push({ key: 'order.figures.outside', values: whose });
  return found;
};

/**
 * What does not fit between an order and what came back: days without a figure, sums that do not add up, days that were
 * not ordered. Sentences of the catalogue, in the order of operators and days.
 */
export const reconcile = (
  terms: OrderTerms,
  history: readonly Figure[],
  today: string,
  name: Name,
): readonly Problem[] => {
  const current = currentFigures(history);
  const sorted = [...current.values()].sort((a, b) => figureKey(a).localeCompare(figureKey(b)));
  return [
    ...missing(terms, current, today, name),
    ...sorted.flatMap((figure) => doubts(terms, figure, name)),
  ];
};
