/**
 * Times that have an index, no finer than they are needed: commits of one chat that follow soon leave the index as it
 * is, which is an eighth of what a commit costs the database.
 */
const SECOND_MS = 1_000;
const MINUTE_MS = 60_000;

/** For when something is deleted, `at` in ms since 1970. Down: nothing is kept longer than was promised. */
export const wholeMinute = (at: number): Date => new Date(Math.floor(at / MINUTE_MS) * MINUTE_MS);

/** For when somebody else may take it on, `at` in ms since 1970. Up: nobody is robbed of what they are sending. */
export const wholeSecond = (at: number): Date => new Date(Math.ceil(at / SECOND_MS) * SECOND_MS);
