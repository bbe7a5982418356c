import { workName } from '../../dialogue/merge.ts';
import type { Conversation } from '../../store/conversation.ts';
import { ownerOf } from '../../store/conversation.ts';
import { Unavailable } from '../../store/errors.ts';
import { isMember } from './talk.ts';
import type { Detour } from './turns.ts';
import type { Waiting } from './waiting.ts';

/** A chat that keeps changing its talk: after so many rounds the sender must come again. */
const ROUNDS = 10;

/** Whether an event belongs here: any in a chat of its own; in a talk that of a member, and the end of its own work. */
export const comesFrom = (conversation: Conversation, { own, finishes }: Waiting): boolean =>
  conversation.members === undefined ||
  isMember(conversation, own) ||
  (finishes !== undefined && ownerOf(finishes) === conversation.id);

/** The first events, as far as they belong here. */
export const splitAt = (conversation: Conversation, events: readonly Waiting[]): readonly Waiting[] => {
  const stranger = events.findIndex((waiting) => !comesFrom(conversation, waiting));
  return stranger === -1 ? events : events.slice(0, stranger);
};

export interface PassageParts {
  /** Puts an event into the queue of the conversation it names. */
  readonly enter: (waiting: Waiting) => void;
  /** An event whose delivery the alias has seen. */
  readonly again: (waiting: Waiting, rev: number) => void;
  /** The alias is to be read anew. */
  readonly forget: (chat: string) => void;
}

type Passed = 'settled' | 'back' | 'gone';

/**
 * Hands the events of an alias on to its talk, in their order, and waits until all are settled there: nothing that this
 * chat says later can overtake them. What comes back is for the next round. Returns how many of the first are settled.
 */
export const passOn = async (
  parts: PassageParts,
  events: readonly Waiting[],
  { alias, talk }: Extract<Detour, { talk: string }>,
): Promise<number> => {
  const passed = await Promise.all(events.map((waiting) => passOne(parts, waiting, alias, talk)));
  const first = passed.findIndex((came) => came !== 'settled');
  if (first === -1) return events.length;
  parts.forget(alias.id);
  for (const [n, came] of passed.entries()) {
    if (came === 'gone') (events[n] as Waiting).goneTalk = talk;
  }
  return first + tired(events[first] as Waiting);
};

const passOne = (
  { enter, again }: PassageParts,
  waiting: Waiting,
  { id, rev, seen }: Conversation,
  talk: string,
): Promise<Passed> => {
  if (seen.includes(waiting.key)) {
    again(waiting, rev);
    return Promise.resolve('settled');
  }
  return new Promise((done) => {
    enter({
      ...waiting,
      chat: talk,
      event: eventIn(waiting, id),
      resolve: (accepted) => {
        waiting.resolve(accepted);
        done('settled');
      },
      reject: (error) => {
        waiting.reject(error);
        done('settled');
      },
      giveBack: (gone) => done(gone ? 'gone' : 'back'),
    });
  });
};

/** Work that the alias ordered when it was a chat of its own is known to the talk by the chat's name. */
const eventIn = ({ event }: Waiting, alias: string): Waiting['event'] =>
  event.type === 'worked' ? { ...event, work: workName(alias, event.work) } : event;

/** 1 when the event was turned away for having gone round too often. */
const tired = (waiting: Waiting): 0 | 1 => {
  waiting.rounds += 1;
  if (waiting.rounds < ROUNDS) return 0;
  waiting.reject(new Unavailable('This chat keeps changing its talk.'));
  return 1;
};
