/** The gaps between two things that a power cut may tear apart, by the name a harness gives them. */
export type CrashPoint =
  /** The group is put together, nothing has gone to the database. */
  | 'before-commit'
  /** A write without effects, or a transaction before its commit, is on its way. */
  | 'in-group'
  | 'in-group-with-effects'
  /** The database has confirmed the write, and nobody here knows yet. */
  | 'after-commit'
  /** The turn is known to be durable; the platform has not heard of it. */
  | 'before-answer'
  | 'before-send'
  | 'between-send-and-mark';

let armed: ((at: CrashPoint) => void) | undefined;

/** For the harness that kills (test/harness/chaos), and for nothing else: the program itself never calls this. */
export const armCrashPoints = (hook: (at: CrashPoint) => void): void => {
  armed = hook;
};

/** A place where a crash is worth trying. Does nothing unless a harness has armed it: one look at a variable. */
export const crashPoint = (at: CrashPoint): void => armed?.(at);
