/** Tables as they go into a page: Markdown that also reads well in a terminal. */
type Cell = string | number;

export const round = (value: number, digits = 0): string =>
  Number.isFinite(value)
    ? value.toFixed(digits).replace(/\B(?=(\d{3})+(?!\d))/g, digits === 0 ? ',' : '')
    : '–';

export const table = (head: readonly string[], rows: readonly (readonly Cell[])[]): string => {
  const all = [head, ...rows.map((row) => row.map(String))];
  const widths = head.map((_, at) => Math.max(3, ...all.map((row) => row[at]?.length ?? 0)));
  const write = (row: readonly string[]): string =>
    `| ${row.map((cell, at) => (at === 0 ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0))).join(' | ')} |`;
  const line = (width: number, at: number): string =>
    at === 0 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`;
  const rule = `| ${widths.map(line).join(' | ')} |`;
  return [write(head), rule, ...all.slice(1).map(write)].join('\n');
};
