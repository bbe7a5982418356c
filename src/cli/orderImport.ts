import { plainDay } from '../domain/operatorOrder.ts';
import { type OrderBook, operatorName } from '../services/operatorOrders/book.ts';
import type { Rejected } from '../services/operatorOrders/figureFile.ts';
import type { Imported } from '../services/operatorOrders/importFigures.ts';
import { inBoth } from './bothLanguages.ts';
import { type RejectedRow, rejectedLines } from './rejectedRows.ts';

const NO_HEADING = 'order.row.noHeading';

const where = ({ sheet, row, why }: RejectedRow): string =>
  `${sheet === undefined ? '' : `${sheet}, `}row ${row}: ${inBoth(why)}`;

const notTaken = (rejected: readonly Rejected[], file: string | undefined): readonly string[] => {
  const [first] = rejected;
  // Sheets without a heading: one sentence for all their rows.
  if (first !== undefined && rejected.every(({ why }) => why.key === NO_HEADING)) return [inBoth(first.why)];
  return rejectedLines(rejected, file, where);
};

/** What became of a file of figures, and what does not fit now; `file`: where all rejected rows are. */
export const importedLines = (result: Imported, book: OrderBook, file?: string): string => {
  const { taken, corrected, same, rejected, doubts, findings } = result;
  const name = operatorName(book);
  return [
    `${taken} taken, ${corrected.length} corrected, ${same} known already, ${rejected.length} rejected.`,
    ...corrected.map(
      ({ before, after }) =>
        `Corrected: ${name(after.operator)} ${plainDay(after.day)}: ${before.sent} sent, now ${after.sent}.`,
    ),
    ...notTaken(rejected, file),
    ...doubts.map(where),
    ...findings.map(inBoth),
  ].join('\n');
};
