/** Rows under their heads, columns as wide as their widest cell. */
export const table = (heads: readonly string[], rows: readonly (readonly string[])[]): string => {
  const all = [heads, ...rows];
  const widest = (column: number) => all.reduce((most, row) => Math.max(most, (row[column] ?? '').length), 0);
  const widths = heads.map((_, column) => widest(column));
  return all
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
};
