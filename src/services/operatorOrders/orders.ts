import { dayOf } from '../../domain/day.ts';
import { type OrderTerms, orderProblems } from '../../domain/operatorOrder.ts';
import type { Problem } from '../../domain/parsed.ts';
import type { Collections } from '../../store/collections.ts';
import { available, isDuplicate } from '../../store/errors.ts';
import type { OperatorOrderDoc } from '../../store/operatorOrders.ts';
import type { OrderBook } from './book.ts';

export interface OrderParts {
  readonly orders: Collections['operatorOrders'];
  readonly book: OrderBook;
}

export type Placed = { readonly id: string } | { readonly problems: readonly Problem[] };

/** The next number of the year. */
const nextId = async (orders: OrderParts['orders'], year: string): Promise<string> => {
  const [last] = await available(
    orders
      .find({ _id: { $regex: `^${year}-` } }, { projection: { _id: 1 } })
      // "2026-1000" comes after "2026-999".
      .collation({ locale: 'en', numericOrdering: true })
      .sort({ _id: -1 })
      .limit(1)
      .toArray(),
  );
  return `${year}-${String(Number(last?._id.slice(5) ?? 0) + 1).padStart(3, '0')}`;
};

const copy = (terms: OrderTerms) => ({
  ...terms,
  areas: [...terms.areas],
  days: [...terms.days],
  operators: [...terms.operators],
});

/** Places an order, which then waits for a second person. It is not changed afterwards: what was approved is what goes out. */
export const placeOrder = async (
  { orders, book }: OrderParts,
  terms: OrderTerms,
  { by, now }: { readonly by: string; readonly now: number },
): Promise<Placed> => {
  const known = book.operators.map(({ id }) => id);
  const problems = orderProblems(terms, dayOf(now), known);
  if (problems.length > 0) return { problems };
  const rest = { ...copy(terms), orderedBy: by, orderedAt: new Date(now), rev: 0, figures: [] };
  for (;;) {
    const id = await nextId(orders, dayOf(now).slice(0, 4));
    try {
      await available(orders.insertOne({ _id: id, state: 'waiting', ...rest }));
      return { id };
    } catch (error) {
      // Somebody took the number in the same moment.
      if (!isDuplicate(error)) throw error;
    }
  }
};

export type Approved = 'approved' | 'unknown' | 'samePerson' | 'already' | 'past';

/** A second person approves; only one is needed, and never whoever ordered. */
export const approveOrder = async (
  { orders }: Pick<OrderParts, 'orders'>,
  id: string,
  { by, now, letter }: { readonly by: string; readonly now: number; readonly letter?: string },
): Promise<Approved> => {
  const given = {
    state: 'approved' as const,
    approvedBy: by,
    approvedAt: new Date(now),
    ...(letter === undefined ? {} : { letter }),
  };
  const open = { _id: id, state: 'waiting' as const, orderedBy: { $ne: by }, 'days.0': { $gte: dayOf(now) } };
  const { modifiedCount } = await available(orders.updateOne(open, { $set: given }));
  if (modifiedCount === 1) return 'approved';
  const order = await findOrder({ orders }, id);
  if (order === null) return 'unknown';
  if (order.state === 'approved') return 'already';
  return order.orderedBy === by ? 'samePerson' : 'past';
};

export const findOrder = (
  { orders }: Pick<OrderParts, 'orders'>,
  id: string,
): Promise<OperatorOrderDoc | null> => available(orders.findOne({ _id: id }));

/** The newest first. */
export const listOrders = ({ orders }: Pick<OrderParts, 'orders'>): Promise<readonly OperatorOrderDoc[]> =>
  available(orders.find().sort({ _id: -1 }).limit(100).toArray());
