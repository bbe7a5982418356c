import { plainDay } from '../domain/operatorOrder.ts';
import { type OrderBook, operatorName } from '../services/operatorOrders/book.ts';
import type { Rejected } from '../services/operatorOrders/figureFile.ts';
import type { Imported } from '../services/operatorOrders/importFigures.ts';
import { inBoth } from './bothLanguages.ts';

const where = ({ sheet, row, why }: Rejected): string =>
  `${sheet === undefined ? '' : `${sheet}, `}row ${row}: ${inBoth(why)}`;

/** What became of a file of figures, and what does not fit now. */
export const importedLines = (result: Imported, book: OrderBook): string => {
  const { taken, corrected, same, rejected, doubts, findings } = result;
  const name = operatorName(book);
  return [
    `${taken} taken, ${corrected.length} corrected, ${same} known already, ${rejected.length} rejected.`,
    ...corrected.map(
      ({ before, after }) =>
        `Corrected: ${name(after.operator)} ${plainDay(after.day)}: ${before.sent} sent, now ${after.sent}.`,
    ),
    ...rejected.map(where),
    ...doubts.map(where),
    ...findings.map(inBoth),
  ].join('\n');
};
