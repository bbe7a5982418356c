import { join } from 'node:path';
import { type OrderBook, operatorCalled } from '../services/operatorOrders/book.ts';
import { orderSheet } from '../services/operatorOrders/sheet.ts';
import type { OperatorOrderDoc } from '../store/operatorOrders.ts';
import { refuse } from './bothLanguages.ts';
import { orderParts, theOrder } from './orderActions.ts';
import type { CliParts } from './parts.ts';
import { CommandProblem } from './problem.ts';
import { written } from './written.ts';

const operatorsFor = (order: OperatorOrderDoc, book: OrderBook, named: string | undefined) => {
  const ordered = book.operators.filter(({ id }) => order.operators.includes(id));
  if (named === undefined) return ordered;
  const one = operatorCalled(book, named);
  if (one === undefined || !ordered.includes(one))
    throw new CommandProblem(`"${named}" is no operator of this order: ${order.operators.join(', ')}.`);
  return [one];
};

/** Writes the letter to each operator of an approved order. */
export const orderSheets = async (
  parts: CliParts,
  id: string,
  given: { readonly out: string; readonly operator?: string },
): Promise<string> => {
  const own = orderParts(parts);
  const order = await theOrder(id, own);
  if (order.state !== 'approved') return refuse({ key: 'order.approve.needed', values: { id } });
  const areas = order.areas.map((code) => parts.gazetteer.name(code, 'vi', 'full'));
  const files: string[] = [];
  for (const operator of operatorsFor(order, own.book, given.operator)) {
    const file = join(given.out, `${id}-${operator.id}.docx`);
    const sheet = orderSheet({ order, operator, issuer: own.book.issuer, areas, training: parts.training });
    await written(file, sheet);
    files.push(file);
  }
  return files.join('\n');
};
