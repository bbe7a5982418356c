/** "Nguyễn Văn An" → "N. V. A.": enough to tell two alerts apart, not enough to know who it is. */
export const maskName = (name: string): string =>
  name
    .trim()
    .split(/\s+/)
    .map((word) => `${[...word][0]?.toUpperCase() ?? ''}.`)
    .join(' ');

/** The year of a birth, 'YYYY' or 'YYYY-MM-DD'. */
export const birthYear = (born: string): string => born.slice(0, 4);
