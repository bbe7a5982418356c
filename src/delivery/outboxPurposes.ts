import { DAY_MS } from '../domain/day.ts';
import type { Unasked } from '../domain/unasked.ts';
import type { Lane } from '../store/deliveries.ts';

/** What a message that is no reply is for. It decides its lane and what becomes of it in doubt. */
export interface Purpose {
  readonly lane: Lane;
  /**
   * After a crash nobody knows whether a message had left. `again`: it goes out at once and says that it may be a
   * repeat, however often that happens; `once`: the same, a single time; `never`: it is marked unknown and stays.
   */
  readonly inDoubt: 'again' | 'once' | 'never';
  /** Attempts at one chat before it counts as failed. Without it only the row's end, or its matter's, ends it. */
  readonly attempts?: number;
  /** How long after it was decided it is still of use (ms). Without it only `stillWanted` ends it. */
  readonly lasts?: number;
  /** Whether it keeps the quiet hours; when it is not said, by its lane. */
  readonly quiet?: boolean;
  /** The kind of what nobody asked for, which its reader may stop. */
  readonly unasked?: Unasked;
  /** The purpose of the messages it brings up to date, where the channel can edit what was sent. */
  readonly edits?: string;
}

/** What nobody waits for does not wake anybody. */
const QUIET: ReadonlySet<Lane> = new Set<Lane>(['reminder', 'campaign']);

const REMINDER = { lane: 'reminder', inDoubt: 'once', lasts: DAY_MS / 2 } as const;

/**
 * A platform that refuses for an hour is tried until it takes: what is still of use then shall leave. A duty alert that does
 * not leave within seconds goes to the next chat or person (`outboxDecide.ts`), and is tried at this one for some minutes more
 * (12 attempts, at most a minute apart): by then its clock has it written anew, for everybody who was asked. It has no end but
 * that somebody takes it; news of it are of use while the alert is worked on. An answer to a citizen is worth a week's wait. A
 * reminder asks about this morning or this evening, and a campaign's message is for its day: whoever plans one may set a nearer
 * end. How far a campaign has come is soon said anew. What costs money is never sent twice.
 */
export const PURPOSES = {
  alert: { lane: 'alert', inDoubt: 'again', attempts: 12 },
  /** Several alerts nobody has, in one message: repeats are bundled, never dropped. */
  alertBundle: { lane: 'alert', inDoubt: 'again', attempts: 12 },
  /** An alert lies with its owner and nothing happens. */
  alertHeld: { lane: 'alert', inDoubt: 'again' },
  alertHeldBundle: { lane: 'alert', inDoubt: 'again' },
  /** The authority must be told of an alert soon: to its owner, and of use until a while after. */
  alertReport: { lane: 'alert', inDoubt: 'again', lasts: DAY_MS / 12 },
  alertReportBundle: { lane: 'alert', inDoubt: 'again', lasts: DAY_MS / 12 },
  alertNews: { lane: 'alert', inDoubt: 'again', lasts: DAY_MS },
  alertTaken: { lane: 'alert', inDoubt: 'again', lasts: DAY_MS, edits: 'alert' },
  /** No tick came for minutes: alerts may not have climbed. */
  deskSilent: { lane: 'alert', inDoubt: 'again', lasts: DAY_MS },
  /** An alert or a follow-up cannot be opened: nothing comes of it by itself. */
  deskStuck: { lane: 'alert', inDoubt: 'again', lasts: 7 * DAY_MS },
  /** A shift changed hands. */
  shiftNews: { lane: 'alert', inDoubt: 'again', lasts: DAY_MS },
  rosterGap: { lane: 'reply', inDoubt: 'again', lasts: DAY_MS },
  feedbackNews: { lane: 'reply', inDoubt: 'again', lasts: 7 * DAY_MS },
  talkNews: { lane: 'reply', inDoubt: 'again', lasts: DAY_MS },
  /** Somebody is watched at home from now on: what they will be asked, and how to stop it. */
  followUpBegun: { lane: 'reply', inDoubt: 'once', lasts: DAY_MS, quiet: true },
  feedbackAnswer: { lane: 'reply', inDoubt: 'again', lasts: 7 * DAY_MS },
  /** What somebody of the staff writes to whoever sent a message that could not be handled. */
  parkedAnswer: { lane: 'reply', inDoubt: 'again', lasts: 7 * DAY_MS },
  /**
   * Planned, for nobody who waits, with an image and a file: behind every reply, and never at night. Of use until the
   * next one comes.
   */
  dailyReport: { lane: 'reminder', inDoubt: 'once', lasts: DAY_MS, unasked: 'report' },
  /** A campaign waits for approval, was decided on, or has ended. */
  campaignNews: { lane: 'reply', inDoubt: 'again', lasts: 2 * DAY_MS },
  /** A day of a campaign begins; its progress is written into the same message, where the channel can. */
  campaignBegun: { lane: 'reply', inDoubt: 'again', lasts: DAY_MS / 2 },
  campaignProgress: {
    lane: 'reply',
    inDoubt: 'once',
    attempts: 3,
    lasts: DAY_MS / 96,
    edits: 'campaignBegun',
  },
  movementReminder: { ...REMINDER, unasked: 'movement' },
  draftReminder: { ...REMINDER, unasked: 'draft' },
  followUpReminder: { ...REMINDER, unasked: 'followUp' },
  codeReminder: { ...REMINDER, unasked: 'codeEnding' },
  campaign: { lane: 'campaign', inDoubt: 'never', lasts: DAY_MS, unasked: 'campaign' },
} as const satisfies Readonly<Record<string, Purpose>>;

export type PurposeName = keyof typeof PURPOSES;

/** A row of a newer release's purpose is left to a process that knows it. */
export const purposeOf = (name: string): Purpose | undefined =>
  (PURPOSES as Readonly<Record<string, Purpose>>)[name];

/** Whether rows of a purpose keep the quiet hours; one that is not known here does, unless it is an alert. */
export const isQuiet = ({ purpose, lane }: { readonly purpose: string; readonly lane: Lane }): boolean =>
  purposeOf(purpose)?.quiet ?? QUIET.has(lane);
