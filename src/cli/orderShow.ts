import { dayOf } from '../domain/day.ts';
import { COUNTS, currentFigures, figureKey, reconcile, totalOf } from '../domain/operatorFigures.ts';
import { plainDay } from '../domain/operatorOrder.ts';
import { smsOf } from '../domain/sms/segments.ts';
import { type OrderBook, operatorName } from '../services/operatorOrders/book.ts';
import type { FigureDoc, OperatorOrderDoc } from '../store/operatorOrders.ts';
import { inBoth } from './bothLanguages.ts';
import type { CliParts } from './parts.ts';
import { writeTime } from './read.ts';
import { table } from './table.ts';

/** How long a text is, as operators charge it. */
export const measured = (text: string): string => {
  const { encoding, segments } = smsOf(text);
  const length = `${[...text].length} characters, ${encoding === 'gsm7' ? 'GSM-7' : 'UCS-2'}`;
  return `${length}, ${segments} ${segments === 1 ? 'segment' : 'segments'}`;
};

const terms = (order: OperatorOrderDoc, parts: CliParts, name: (id: string) => string): string => {
  const { _id: id, text, sender, areas, days, from, to, operators, orderedBy, orderedAt } = order;
  const approved =
    order.approvedAt === undefined
      ? 'waits for a second person'
      : `approved by ${order.approvedBy} ${writeTime(order.approvedAt.getTime())}`;
  return [
    `Order ${id}: ordered by ${orderedBy} ${writeTime(orderedAt.getTime())}, ${approved}.`,
    ...(order.letter === undefined ? [] : [`Letter ${order.letter}.`]),
    `${sender}: ${text}`,
    `(${measured(text)})`,
    areas.map((code) => parts.gazetteer.name(code, 'vi', 'full')).join('; '),
    `${plainDay(days[0] ?? '')} to ${plainDay(days.at(-1) ?? '')}, ${from}-${to}; ${operators.map(name).join(', ')}`,
  ].join('\n');
};

const figures = ({ figures: history }: OperatorOrderDoc, name: (id: string) => string): string => {
  if (history.length === 0) return 'No figures have come back yet.';
  const sorted = [...currentFigures(history).values()].sort((a, b) =>
    figureKey(a).localeCompare(figureKey(b)),
  );
  const rows = sorted.map((figure) => [
    name(figure.operator),
    plainDay(figure.day),
    ...COUNTS.map((count) => String(figure[count])),
  ]);
  const total = totalOf(sorted);
  const last = ['total', '', ...COUNTS.map((count) => String(total[count]))];
  return table(['operator', 'day', ...COUNTS], [...rows, last]);
};

const corrections = ({ figures: history }: OperatorOrderDoc, name: (id: string) => string): string => {
  const current = currentFigures(history);
  const old = history.filter((figure: FigureDoc) => current.get(figureKey(figure)) !== figure);
  if (old.length === 0) return '';
  const rows = old.map((figure) => [
    name(figure.operator),
    plainDay(figure.day),
    ...COUNTS.map((count) => String(figure[count])),
    writeTime(figure.at.getTime()),
    figure.by,
    figure.file,
  ]);
  return `Corrected since:\n${table(['operator', 'day', ...COUNTS, 'at', 'by', 'file'], rows)}`;
};

/** An order with its figures, what was corrected, and what does not fit. */
export const shownOrder = (order: OperatorOrderDoc, parts: CliParts, book: OrderBook): string => {
  const name = operatorName(book);
  const found =
    order.state === 'approved' ? reconcile(order, order.figures, dayOf(parts.now), name).map(inBoth) : [];
  return [terms(order, parts, name), figures(order, name), corrections(order, name), found.join('\n')]
    .filter((block) => block !== '')
    .join('\n\n');
};
