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
  | 'between-send-and-mark'
  /** The outbox has rows in its name that it has not read yet. */
  | 'outbox-claimed'
  /** It is a row's turn; the intent is not written. */
  | 'outbox-before-intent'
  /** A write of intents and marks of many rows is on its way. */
  | 'outbox-in-group'
  | 'outbox-before-send'
  | 'outbox-between-send-and-mark'
  /** Somebody else was asked to be found, the row is not marked as lost. */
  | 'outbox-before-lost'
  /** What a dead process left was read, and is not settled. */
  | 'outbox-in-recovery'
  /** Recipients of a campaign are written down, how far that came is not. */
  | 'campaign-in-freeze'
  /** All recipients are there, and the campaign does not say so. */
  | 'campaign-frozen'
  /** A day has begun, none of its rows is there. */
  | 'campaign-day-begun'
  /** Rows of a day are there, how far they come is not written. */
  | 'campaign-in-planning'
  /** All rows of a day are there, and the day does not say so. */
  | 'campaign-planned'
  /** The day says so, or that it was missed; the campaign is not marked as running, and nobody was told. */
  | 'campaign-before-told'
  /** Some rows follow what somebody has decided, the others do not yet. */
  | 'campaign-in-settle'
  /** What became of some recipients is written, how far that came is not. */
  | 'campaign-in-close'
  /** Those who sent a campaign are told of its end, and it is not closed. */
  | 'campaign-before-closed'
  /** A reminder is there, and not that somebody was reminded. */
  | 'reminder-before-note';

let armed: ((at: CrashPoint) => void) | undefined;

/** For the harness that kills (test/harness/chaos), and for nothing else: the program itself never calls this. */
export const armCrashPoints = (hook: (at: CrashPoint) => void): void => {
  armed = hook;
};

/** A place where a crash is worth trying. Does nothing unless a harness has armed it: one look at a variable. */
export const crashPoint = (at: CrashPoint): void => armed?.(at);
