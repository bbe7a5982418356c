import type { Lane } from '../store/deliveries.ts';

/** What a message that is no reply is for. It decides its lane and what becomes of it in doubt. */
export interface Purpose {
  readonly lane: Lane;
  /**
   * After a crash nobody knows whether a message had left. `again`: it goes out at once and says that it may be a
   * repeat; `never`: it is marked unknown and stays.
   */
  readonly inDoubt: 'again' | 'never';
  /** Attempts at one chat before it counts as failed. */
  readonly attempts: number;
  /** The purpose of the messages it brings up to date, where the channel can edit what was sent. */
  readonly edits?: string;
}

/**
 * A duty alert is tried for about ten minutes at one chat (12 attempts, at most a minute apart) before the next
 * chat or person has their turn; news and answers for as long, but nobody else is asked then.
 */
export const PURPOSES = {
  alert: { lane: 'alert', inDoubt: 'again', attempts: 12 },
  /** Several alerts nobody has, in one message: repeats are bundled, never dropped. */
  alertBundle: { lane: 'alert', inDoubt: 'again', attempts: 12 },
  alertNews: { lane: 'alert', inDoubt: 'again', attempts: 12 },
  alertTaken: { lane: 'alert', inDoubt: 'again', attempts: 12, edits: 'alert' },
  /** No tick came for minutes: alerts may not have climbed. */
  deskSilent: { lane: 'alert', inDoubt: 'again', attempts: 12 },
  /** A shift changed hands. */
  shiftNews: { lane: 'alert', inDoubt: 'again', attempts: 12 },
  rosterGap: { lane: 'reply', inDoubt: 'again', attempts: 12 },
  feedbackNews: { lane: 'reply', inDoubt: 'again', attempts: 12 },
  talkNews: { lane: 'reply', inDoubt: 'again', attempts: 12 },
  feedbackAnswer: { lane: 'reply', inDoubt: 'again', attempts: 12 },
} as const satisfies Readonly<Record<string, Purpose>>;

export type PurposeName = keyof typeof PURPOSES;

/** A row of a newer release's purpose is left to a process that knows it. */
export const purposeOf = (name: string): Purpose | undefined =>
  (PURPOSES as Readonly<Record<string, Purpose>>)[name];
