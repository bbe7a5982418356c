import { RETENTION_DAYS } from '../domain/declaration.ts';
import { collection, oneOf, required } from './schema.ts';

/** One thing that was done about an alert: what, when, and by which staff member (none: by the system). */
export interface AlertEntryDoc {
  what: string;
  at: Date;
  by?: string;
}

/** An alert stands still with its owner: how far up that was told, when last, and to whom else. */
export interface StalledDoc {
  rung: number;
  at: Date;
  told: string[];
  /** Nobody was reached that time. */
  lost?: boolean;
}

/** A risk the duty staff must hear of. */
export interface AlertDoc {
  _id: string;
  /** What it is about: the id of the first version of a declaration, which updates and corrections keep; or of a follow-up. */
  subject: string;
  /** Whom it is about, and their other declarations that were joined to it. */
  person?: string;
  joined?: string[];
  level: string;
  /** Province, or province and commune: "12", "12/03595". */
  area: string;
  /** When it was raised, and when the last news of it came. */
  at: Date;
  freshAt: Date;
  state: 'open' | 'claimed' | 'called' | 'closed';
  /** The staff member who claimed it. */
  owner?: string;
  /** Counts the changes: a claim names the one it saw, so that it is exactly one person's. */
  rev: number;
  /** Staff members it was sent to, and those of them whom no chat reached. */
  asked: string[];
  unreached: string[];
  /** Nobody could be asked: somebody must be found. */
  waiting: boolean;
  /** The clock: since when nobody has it, how far up the ladder it is, and when it is to be looked at next. */
  nobodySince?: Date;
  rung?: number;
  climbAt?: Date;
  /** Until somebody does something about it. */
  stalled?: StalledDoc;
  outcome?: string;
  history: AlertEntryDoc[];
  /** What was declared, the reasons, the closing note. */
  sealed: Buffer;
}

export const alerts = collection<AlertDoc>(
  'alerts',
  {
    _id: required.id,
    subject: required.text,
    person: String,
    joined: { type: [String], default: undefined },
    level: required.text,
    area: required.text,
    at: required.date,
    freshAt: required.date,
    state: oneOf('open', 'claimed', 'called', 'closed'),
    owner: String,
    rev: required.count,
    asked: { type: [String], required: true },
    unreached: { type: [String], required: true },
    waiting: { type: Boolean, required: true },
    nobodySince: Date,
    rung: Number,
    climbAt: Date,
    stalled: {
      type: { _id: false, rung: Number, at: Date, told: [String], lost: Boolean },
      default: undefined,
    },
    outcome: String,
    history: { type: [{ _id: false, what: required.text, at: required.date, by: String }], required: true },
    sealed: required.sealed,
  },
  [
    [{ state: 1, area: 1, at: 1 }],
    [{ state: 1, climbAt: 1 }],
    [{ subject: 1 }],
    [{ joined: 1 }, { sparse: true }],
    [{ person: 1, state: 1 }],
    [{ owner: 1, state: 1 }, { sparse: true }],
    [{ waiting: 1, at: 1 }, { partialFilterExpression: { waiting: true } }],
    [{ freshAt: 1 }, { expireAfterSeconds: RETENTION_DAYS * 86_400 }],
  ],
);
