import type { PersonEvent } from '../../dialogue/event.ts';
import { sayToJson } from '../../dialogue/say.ts';
import type { ChatState } from '../../dialogue/state.ts';
import type { WorkOrder } from '../../dialogue/stepped.ts';
import type { Json } from '../../domain/json.ts';
import { type Conversation, keyOf, type Member, outId, ownerOf } from '../../store/conversation.ts';
import type { Commit } from '../../store/conversation-write.ts';
import { type Effect, update } from '../../store/effect.ts';
import { withSeen } from '../../store/seen.ts';
import { type Chat, stateToJson } from './chats.ts';
import type { Echo, Engine, OutBody } from './ports.ts';
import {
  type Changed,
  forgetAt,
  type Joining,
  joined,
  type Leaving,
  left,
  recipientOf,
  spokenIn,
} from './talk.ts';
import type { Waiting } from './waiting.ts';

/** An event of the turn and how it was taken; `again` when its delivery had been applied before. */
export interface Taken {
  readonly waiting: Waiting;
  readonly outcome: string;
  readonly again: boolean;
}

/** What one event does to a chat. */
export interface Played {
  readonly state?: ChatState;
  readonly out: readonly OutBody[];
  readonly work: readonly WorkOrder[];
  readonly effects: readonly Effect[];
  /** Who shares the conversation changes with it. */
  readonly talk?: Joining | Leaving;
  readonly outcome: string;
}

/** An order of work, and in a talk the chat it was given in. */
export type Order = WorkOrder & { readonly to?: Member };

/** What the events of one turn add up to. */
export class Draft {
  readonly taken: Taken[] = [];
  readonly #chat: Chat;
  readonly #engine: Engine;
  readonly #out: Json[] = [];
  readonly #work: Json[] = [];
  readonly #effects: Effect[] = [];
  readonly #keys: string[] = [];
  #state: ChatState | undefined;
  #talk: Joining | Leaving | undefined;
  #speaker: Member | undefined;

  constructor(chat: Chat, engine: Engine) {
    this.#chat = chat;
    this.#engine = engine;
    this.#state = chat.state;
  }

  /** The state after all that was added. Throws when the stored one cannot be read. */
  get state(): ChatState {
    this.#state ??= this.#engine.read(this.#chat.conversation.state);
    return this.#state;
  }

  /** Undefined while the stored one was not read, or cannot be. */
  get stateIfRead(): ChatState | undefined {
    return this.#state;
  }

  /** Nothing new: all were applied before. */
  get empty(): boolean {
    return this.#keys.length === 0;
  }

  /** A service may look at what an effect writes: it must be committed before the next event is stepped. */
  get full(): boolean {
    return this.#effects.length > 0 || this.#talk !== undefined;
  }

  has(key: string): boolean {
    return this.#chat.conversation.seen.includes(key) || this.#keys.includes(key);
  }

  addAgain(waiting: Waiting): void {
    this.taken.push({ waiting, outcome: 'again', again: true });
  }

  add(waiting: Waiting, { state, out, work, effects, talk, outcome }: Played): void {
    const { conversation } = this.#chat;
    const to = conversation.members && recipientOf(conversation, waiting.own);
    if (state) this.#state = state;
    this.#out.push(...out.map((body) => bodyToJson(body, to)));
    this.#work.push(...work.map((order) => orderToJson(order, to)));
    this.#effects.push(...effects);
    this.#keys.push(waiting.key);
    this.#talk = talk;
    if (!waiting.finishes) this.#speaker = to ?? this.#speaker;
    this.taken.push({ waiting, outcome, again: false });
  }

  /** `now`: ms since 1970. */
  commit(now: number): Commit {
    const { id } = this.#chat.conversation;
    const { next, others, effects } = this.#changed(this.#next(now));
    const added = this.taken.flatMap(({ waiting, again }) => (again ? [] : [waiting]));
    const finished = added.flatMap(({ finishes }) => finishes ?? []);
    return {
      next,
      out: this.#out.map((body, n) => ({ id: outId(id, next.rev, n), body })),
      work: this.#work.map((body, n) => ({ id: outId(id, next.rev, n), at: now, body })),
      finished: finished.filter((work) => ownerOf(work) === id),
      effects: [
        ...this.#effects,
        ...effects,
        ...finished.filter((work) => ownerOf(work) !== id).map(struckElsewhere),
      ],
      spoke: [...new Set(added.filter(({ finishes }) => !finishes).map(({ own }) => own))],
      others,
    };
  }

  #next(now: number): Conversation {
    const { conversation } = this.#chat;
    return {
      ...conversation,
      rev: conversation.rev + 1,
      state: this.#state ? stateToJson(this.#state) : conversation.state,
      seen: withSeen(conversation.seen, this.#keys),
      touched: now,
      forgetAt: this.#state ? forgetAt(conversation, this.#state, now) : conversation.forgetAt,
    };
  }

  #changed(next: Conversation): Changed {
    const { conversation } = this.#chat;
    const empty = this.#engine.empty(this.#state?.lang);
    if (this.#talk && 'join' in this.#talk) return joined(next, this.state, this.#talk, empty);
    if (!next.members) return { next, others: [], effects: [] };
    const spoken = spokenIn(next, conversation.forgetAt, this.#speaker);
    if (!this.#talk) return spoken;
    // Its turns go on from those of the talk: whatever was drawn there is an old button here.
    const fresh = { ...empty, turn: this.state.turn + 1 };
    return { ...left(spoken.next, this.#talk, fresh), effects: spoken.effects };
  }
}

/** Work that was ordered before its chat became a part of a talk: it stands in the chat's own document. */
const struckElsewhere = (work: string): Effect =>
  update('conversations', { _id: ownerOf(work) }, { $unset: { [`work.${keyOf(work)}`]: '' } });

/** What the person did, as their own transcript shows it. */
export const echoOf = (event: PersonEvent): Echo =>
  event.type === 'photo' || event.type === 'file' ? { type: event.type } : event;

const bodyToJson = (body: OutBody, to: Member | undefined): Json => ({
  ...('say' in body ? { ...body, say: sayToJson(body.say) } : { echo: body.echo as unknown as Json }),
  ...(to && { to: { ...to } }),
});

const orderToJson = (order: WorkOrder, to: Member | undefined): Json => ({
  ...order,
  ...(to && { to: { ...to } }),
});
