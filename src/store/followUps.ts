import { collection, oneOf, required } from './schema.ts';

/** Somebody under monitoring, who is asked morning and evening how they are. */
export interface FollowUpDoc {
  _id: string;
  person: string;
  /** The declaration the alert was about; the chat it was made in, or the talk of that: there they are asked. */
  declaration: string;
  chat: string;
  area: string;
  /** The staff member who ordered it, by closing an alert so; and that alert. Older ones do not name it. */
  by: string;
  alert?: string;
  from: Date;
  until: Date;
  /** When they are asked next. */
  askAt: Date;
  /** When they answered last; at the beginning when it began. */
  lastAt: Date;
  /** Somebody was told that no answer comes; until one does. */
  missedAt?: Date;
  state: 'active' | 'ended';
  /** Counts the changes: an answer names the one it saw. */
  rev: number;
  answers: { at: Date; bad: boolean; sealed: Buffer }[];
  deleteAt: Date;
}

export const followUps = collection<FollowUpDoc>(
  'followUps',
  {
    _id: required.id,
    person: required.text,
    declaration: required.text,
    chat: required.text,
    area: required.text,
    by: required.text,
    alert: String,
    from: required.date,
    until: required.date,
    askAt: required.date,
    lastAt: required.date,
    missedAt: Date,
    state: oneOf('active', 'ended'),
    rev: required.count,
    answers: {
      type: [{ _id: false, at: required.date, bad: Boolean, sealed: required.sealed }],
      required: true,
    },
    deleteAt: required.date,
  },
  [
    [{ state: 1, askAt: 1 }],
    [{ chat: 1, state: 1 }],
    [{ person: 1, state: 1 }],
    [{ deleteAt: 1 }, { expireAfterSeconds: 0 }],
  ],
);
