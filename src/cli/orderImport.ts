import { plainDay } from '../domain/operatorOrder.ts';
import { type OrderBook, operatorName } from '../services/operatorOrders/book.ts';
import type { Rejected } from '../services/operatorOrders/figureFile.ts';
import type { Imported } from '../services/operatorOrders/importFigures.ts';
import { inBoth } from './bothLanguages.ts';

const NO_HEADING = 'order.row.noHeading';

const where = ({ sheet, row, why }: Rejected): string =>
  `${sheet === undefined ? '' : `${sheet}, `}row ${row}: ${inBoth(why)}`;

/** Rows that were not taken; a longer list of them is a wrong file. */
const SHOWN = 50;

const notTaken = (rejected: readonly Rejected[]): readonly string[] => {
  const [first] = rejected;
  // Sheets without a heading: one sentence for all their rows.
  if (first !== undefined && rejected.every(({ why }) => why.key === NO_HEADING)) return [inBoth(first.why)];
  const more = rejected.length - SHOWN;
  return [...rejected.slice(0, SHOWN).map(where), ...(more > 0 ? [`… and ${more} more.`] : [])];
};

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
    ...notTaken(rejected),
    ...doubts.map(where),
    ...findings.map(inBoth),
  ].join('\n');
};
