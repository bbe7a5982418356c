import { lastRestore } from '../../delivery/outboxEpoch.ts';
import { deliveryRow } from '../../delivery/outboxRow.ts';
import { exercisesAt } from '../../dialogue/exercise.ts';
import type { LeftBehind, Which } from '../../dialogue/left.ts';
import { line } from '../../dialogue/say.ts';
import { type ChatState, readState } from '../../dialogue/state.ts';
import { DAY_MS, dayOf, daysBetween } from '../../domain/day.ts';
import { RETENTION_DAYS } from '../../domain/declaration.ts';
import type { Sealer } from '../../security/sealer.ts';
import type { Collections } from '../../store/collections.ts';
import { type ConversationDoc, contexts } from '../../store/conversation.ts';
import type { DeliveryDoc } from '../../store/deliveries.ts';
import { eachAlone, type OnStuck } from '../stuck.ts';
import { putRows } from './rows.ts';

export interface DraftParts {
  readonly collections: Pick<Collections, 'conversations' | 'deliveries' | 'installation'>;
  readonly sealer: Pick<Sealer, 'open' | 'seal'>;
  readonly leftBehind: (state: ChatState, which: Which) => LeftBehind | undefined;
  readonly onStuck?: OnStuck;
}

const MINUTE = 60_000;

/** How long after the last word somebody is reminded: first whoever was in the middle, then of whatever is left. */
const REMINDERS: readonly { readonly after: number; readonly which: Which }[] = [
  { after: 30 * MINUTE, which: 'talked to' },
  { after: DAY_MS, which: 'any' },
];
/** What a downtime or a tick that failed left out is made up for so long. */
const MADE_UP = 2 * 60 * MINUTE;
/** Where no tick has ended yet. */
const FIRST_LOOK = 10 * MINUTE;

const RETENTION_MS = RETENTION_DAYS * DAY_MS;

/**
 * Conversations whose last word was said in a span of time: by the day they are forgotten on, which follows from it
 * and has an index; the hot path keeps none of `touched`. A talk is forgotten a day before its aliases (`talk.ts`).
 */
const touchedIn = ({ conversations }: DraftParts['collections'], from: number, until: number) => {
  const spoken = (talk: boolean) => {
    const kept = RETENTION_MS - (talk ? DAY_MS : 0);
    const span = { $gt: new Date(from + kept), $lte: new Date(until + kept) };
    return { forgetAt: span, members: { $exists: talk } };
  };
  return conversations.find({ $or: [spoken(false), spoken(true)] }, { projection: { state: 1 } });
};

/** One of each kind a day in a chat, however often somebody comes and goes. */
const FIRST_DAY = '2026-01-01';
const revOf = (nth: number, now: number): number =>
  daysBetween(FIRST_DAY, dayOf(now)) * REMINDERS.length + nth;

const rowOf = (
  parts: DraftParts,
  chat: string,
  { run, about }: LeftBehind,
  nth: number,
  at: number,
): DeliveryDoc =>
  deliveryRow(parts.sealer, {
    purpose: 'draftReminder',
    about: `draft:${chat}`,
    rev: revOf(nth, at),
    chat,
    at,
    notes: [line('draft.left', { about })],
    choices: [
      { id: `/resume:${run}`, label: line('engine.resume') },
      { id: `/drop:${run}`, label: line('engine.drop') },
      { id: '/go:stopReminders:what=draft', label: line('stopReminders.go') },
    ],
  });

const stateOf = async ({ sealer }: DraftParts, { _id, state }: Pick<ConversationDoc, '_id' | 'state'>) =>
  readState(await sealer.open(contexts.state(_id), state));

/** Returns how many messages: one or none. */
const remind = async (
  parts: DraftParts,
  doc: Pick<ConversationDoc, '_id' | 'state'>,
  { nth, which, now }: { readonly nth: number; readonly which: Which; readonly now: number },
): Promise<number> => {
  const state = await stateOf(parts, doc);
  const left = exercisesAt(state.memory, now) ? undefined : parts.leftBehind(state, which);
  return left ? putRows(parts.collections, [rowOf(parts, doc._id, left, nth, now)]) : 0;
};

/**
 * Reminds of declarations left behind: after 30 minutes, and after 24 hours. Returns how many messages.
 * @param since when the last tick ended well, ms since 1970
 */
export const remindOfDrafts = async (
  parts: DraftParts,
  now: number,
  since = now - FIRST_LOOK,
): Promise<number> => {
  let count = 0;
  const restore = await lastRestore(parts.collections);
  // Of what was due before a backup was restored they may have heard in the life that was lost.
  const from = Math.max(Math.max(since, now - MADE_UP) - MINUTE, restore?.at ?? 0);
  for (const [nth, { after, which }] of REMINDERS.entries()) {
    for await (const doc of touchedIn(parts.collections, from - after, now - after)) {
      const [told = 0] = await eachAlone(
        [doc],
        (one) => remind(parts, one, { nth, which, now }),
        (error, { _id: id }) => parts.onStuck?.(error, { collection: 'conversations', id }),
      );
      count += told;
    }
  }
  return count;
};

/** Somebody who spoke so shortly ago is at it again, and is not reminded (ms). */
export const AT_IT_AGAIN = 25 * MINUTE;
