import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { orderBook } from '../services/operatorOrders/book.ts';
import { type ImportResult, importFigures } from '../services/operatorOrders/importFigures.ts';
import { approveOrder, findOrder, type OrderParts, placeOrder } from '../services/operatorOrders/orders.ts';
import { TableProblem } from '../services/tables/table.ts';
import type { OperatorOrderDoc } from '../store/operatorOrders.ts';
import { refuse } from './bothLanguages.ts';
import { type OrderGiven, readOrder } from './newOrder.ts';
import { importedLines } from './orderImport.ts';
import { measured } from './orderShow.ts';
import type { CliParts } from './parts.ts';
import { intoPrivateFile } from './privateFile.ts';
import { CommandProblem } from './problem.ts';
import { readStaff } from './read.ts';
import { rejectedCsv } from './rejectedRows.ts';

export const orderParts = ({ database }: CliParts): OrderParts => ({
  orders: database.collections.operatorOrders,
  book: orderBook(),
});

/** As with campaigns: a commune's leader does not write to the whole province. */
const whoMay = async (id: string, parts: CliParts): Promise<string> => {
  const { _id, role, area } = await readStaff(id, parts);
  const may = area === parts.home && (role === 'leader' || role === 'admin');
  return may ? _id : refuse({ key: 'order.role' });
};

export const theOrder = async (id: string, parts: OrderParts): Promise<OperatorOrderDoc> =>
  (await findOrder(parts, id)) ?? refuse({ key: 'order.approve.unknown', values: { id } });

/** Places an order; it waits for somebody else. */
export const orderNew = async (
  parts: CliParts,
  given: OrderGiven & { readonly by: string },
): Promise<string> => {
  const by = await whoMay(given.by, parts);
  const own = orderParts(parts);
  const terms = readOrder(given, parts, own.book);
  const placed = await placeOrder(own, terms, { by, now: parts.now });
  if ('problems' in placed) return refuse(...placed.problems);
  return [
    `Order ${placed.id} waits for a second person: khaibao order approve ${placed.id} --by <staff>`,
    terms.text,
    `(${measured(terms.text)})`,
  ].join('\n');
};

export const orderApprove = async (
  parts: CliParts,
  id: string,
  given: { readonly by: string; readonly letter?: string },
): Promise<string> => {
  const by = await whoMay(given.by, parts);
  const { letter } = given;
  const done = await approveOrder(orderParts(parts), id, {
    by,
    now: parts.now,
    ...(letter === undefined ? {} : { letter }),
  });
  if (done !== 'approved') return refuse({ key: `order.approve.${done}`, values: { id } });
  return `Order ${id} is approved. Make the letters: khaibao order sheet ${id}`;
};

const imported = async (work: Promise<ImportResult>): Promise<ImportResult> => {
  try {
    return await work;
  } catch (error) {
    if (error instanceof TableProblem) return refuse({ key: error.key });
    throw error;
  }
};

interface ImportGiven {
  readonly by: string;
  readonly operator?: string;
  readonly rejected?: string;
}

/** Brings in the figures of a file; `put`: takes all rows that were rejected. */
const bringIn = async (
  parts: CliParts,
  id: string,
  path: string,
  given: ImportGiven,
  put?: (pieces: Iterable<string>) => Promise<void>,
): Promise<string> => {
  const by = await whoMay(given.by, parts);
  const own = orderParts(parts);
  const bytes = await readFile(path).catch((error: NodeJS.ErrnoException) => {
    throw new CommandProblem(`${path} cannot be read: ${error.code}.`);
  });
  const { operator } = given;
  const how = { by, now: parts.now, ...(operator === undefined ? {} : { operator }) };
  const result = await imported(importFigures(own, id, { name: basename(path), bytes }, how));
  if ('refused' in result) {
    const key = result.refused === 'unknown' ? 'order.approve.unknown' : 'order.approve.needed';
    return refuse({ key, values: { id } });
  }
  await put?.(rejectedCsv(result.rejected));
  return importedLines(result, own.book, given.rejected);
};

/** Brings in the figures of a file. The one for rejected rows is opened first: nothing is taken when it cannot be. */
export const orderImport = (
  parts: CliParts,
  id: string,
  path: string,
  given: ImportGiven,
): Promise<string> =>
  given.rejected === undefined
    ? bringIn(parts, id, path, given)
    : intoPrivateFile(given.rejected, (put) => bringIn(parts, id, path, given, put));
