/** From and until, ms since 1970; the end is not part of it. */
export type Span = readonly [from: number, until: number];

export const within = ([from, until]: Span) => ({ $gte: new Date(from), $lt: new Date(until) });
