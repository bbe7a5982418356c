import { dayOf } from '../../domain/day.ts';
import {
  currentFigures,
  type Figure,
  figureKey,
  reconcile,
  sameCounts,
} from '../../domain/operatorFigures.ts';
import type { Problem } from '../../domain/parsed.ts';
import { available } from '../../store/errors.ts';
import type { FigureDoc, OperatorOrderDoc } from '../../store/operatorOrders.ts';
import type { TableFile } from '../tables/table.ts';
import { operatorName } from './book.ts';
import { type Rejected, readFigures } from './figureFile.ts';
import { findOrder, type OrderParts } from './orders.ts';

export interface Import {
  readonly by: string;
  /** ms since 1970 */
  readonly now: number;
  readonly operator?: string;
}

export interface Imported {
  readonly taken: number;
  /** What was reported before, and is now history. */
  readonly corrected: readonly { readonly before: Figure; readonly after: Figure }[];
  /** Known already, with the same numbers. */
  readonly same: number;
  readonly rejected: readonly Rejected[];
  readonly doubts: readonly Rejected[];
  /** What does not fit, of all figures of the order as they stand now. */
  readonly findings: readonly Problem[];
}

export type ImportResult = Imported | { readonly refused: 'unknown' | 'notApproved' };

/** Another import may come in between, and then all is looked at anew; so many in a row are no coincidence. */
const TRIES = 20;

const change = (order: OperatorOrderDoc, figures: readonly Figure[]) => {
  const current = currentFigures(order.figures);
  const before = (figure: Figure) => current.get(figureKey(figure));
  const changed = figures.filter((figure) => {
    const known = before(figure);
    return known === undefined || !sameCounts(known, figure);
  });
  const corrected = changed.flatMap((after) => {
    const known = before(after);
    return known === undefined ? [] : [{ before: known, after }];
  });
  return { changed, corrected, same: figures.length - changed.length };
};

const write = async (
  { orders }: OrderParts,
  { _id, rev }: OperatorOrderDoc,
  added: readonly FigureDoc[],
): Promise<boolean> => {
  const push = { $push: { figures: { $each: [...added] } }, $inc: { rev: 1 } };
  return (await available(orders.updateOne({ _id, rev }, push))).modifiedCount === 1;
};

/**
 * Brings in what an operator reported. A figure already known is left, a different one holds from now on and the earlier
 * one stays as history. Nothing is taken of an order that nobody approved. Throws TableProblem.
 */
export const importFigures = async (
  parts: OrderParts,
  id: string,
  file: TableFile,
  { by, now, operator }: Import,
): Promise<ImportResult> => {
  const [today, name] = [dayOf(now), operatorName(parts.book)];
  const ordered = await findOrder(parts, id);
  if (ordered === null) return { refused: 'unknown' };
  if (ordered.state !== 'approved') return { refused: 'notApproved' };
  const { operators } = ordered;
  const reading = { book: parts.book, today, operators, ...(operator === undefined ? {} : { operator }) };
  const { figures, rejected, doubts } = await readFigures(file, reading);
  for (let left = TRIES; left > 0; left -= 1) {
    const order = await findOrder(parts, id);
    if (order === null) return { refused: 'unknown' };
    const { changed, corrected, same } = change(order, figures);
    const added = changed.map((figure) => ({ ...figure, at: new Date(now), by, file: file.name }));
    if (added.length > 0 && !(await write(parts, order, added))) continue;
    const findings = reconcile(order, [...order.figures, ...added], today, name);
    return { taken: changed.length - corrected.length, corrected, same, rejected, doubts, findings };
  }
  throw new Error(`order ${id}: figures kept coming in between`);
};
