import { collection, oneOf, required } from './schema.ts';

/**
 * A declaration as it stands. A correction keeps the id (the QR in somebody's hand stays good) and lays the
 * version before it beside it as a document of its own, `replaced`, never to be changed again.
 */
export interface DeclarationDoc {
  /** Random and opaque: it stands in the QR's token. */
  _id: string;
  kind: 'domestic' | 'entry' | 'facility';
  /** Whom it is about, and the chat that declared it, or the talk this has become a part of. */
  person: string;
  declaredBy: string;
  /** Chats that may see and change it: the declaring one, and those that proved the phone number. */
  chats: string[];
  at: Date;
  /** Counts corrections and updates: a change names the version it saw. */
  version: number;
  /** Blind index of the lookup code; older versions have none. */
  codeIndex?: string;
  validFrom: Date;
  validUntil: Date;
  status: 'valid' | 'withdrawn' | 'replaced';
  /** Province and commune of the stay: "12/03595". */
  area: string;
  /** Where the journey began: code of the province, or of the country: "01", "LA". Older ones have none. */
  from?: string;
  level: string;
  rulesVersion: string;
  /** When whoever declared is asked next whether the person is still there; absent: not any more, or never. */
  askAt?: Date;
  /** Since when that question is open. */
  asked?: Date;
  /** Whoever declared was told that the code ends. */
  endingTold?: boolean;
  /** When somebody last gave a wrong number for its code: a guesser changes chats, not the code. */
  wrong?: Date[];
  /** What was declared, the reasons of the level, the consent and the lookup code itself. */
  sealed: Buffer;
  /** On an older version: the declaration it was replaced in. */
  replacedIn?: string;
  /** When it is deleted, as the consent promised. */
  deleteAt: Date;
}

export const declarations = collection<DeclarationDoc>(
  'declarations',
  {
    _id: required.id,
    kind: oneOf('domestic', 'entry', 'facility'),
    person: required.text,
    declaredBy: required.text,
    chats: { type: [String], required: true },
    at: required.date,
    version: required.count,
    codeIndex: String,
    validFrom: required.date,
    validUntil: required.date,
    status: oneOf('valid', 'withdrawn', 'replaced'),
    area: required.text,
    from: String,
    level: required.text,
    rulesVersion: required.text,
    askAt: Date,
    asked: Date,
    endingTold: Boolean,
    wrong: { type: [Date], default: undefined },
    sealed: required.sealed,
    replacedIn: String,
    deleteAt: required.date,
  },
  [
    [{ codeIndex: 1 }, { unique: true, sparse: true }],
    [{ chats: 1, at: -1 }],
    [{ person: 1, at: -1 }],
    [{ area: 1, at: -1 }],
    [{ validUntil: 1 }, { partialFilterExpression: { status: 'valid' } }],
    [{ askAt: 1 }, { partialFilterExpression: { askAt: { $exists: true } } }],
    // What a report counts stands in the index itself: no declaration is read for it.
    [{ at: 1, status: 1, level: 1, area: 1, from: 1, kind: 1 }],
    // Partial, not sparse: a sparse index of two fields holds whatever has one of them.
    [
      { replacedIn: 1, version: 1 },
      { unique: true, partialFilterExpression: { replacedIn: { $exists: true } } },
    ],
    [{ deleteAt: 1 }, { expireAfterSeconds: 0 }],
  ],
);
