import type { PersonEvent } from '../../dialogue/event.ts';
import { sayToJson } from '../../dialogue/say.ts';
import type { ChatState } from '../../dialogue/state.ts';
import type { WorkOrder } from '../../dialogue/stepped.ts';
import { DAY_MS } from '../../domain/day.ts';
import { RETENTION_DAYS } from '../../domain/declaration.ts';
import type { Json } from '../../domain/json.ts';
import { outId } from '../../store/conversation.ts';
import type { Commit } from '../../store/conversation-write.ts';
import type { Effect } from '../../store/effect.ts';
import { withSeen } from '../../store/seen.ts';
import { type Chat, stateToJson } from './chats.ts';
import type { Echo, Engine, OutBody } from './ports.ts';
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
  readonly outcome: string;
}

/** What the events of one turn add up to. */
export class Draft {
  readonly taken: Taken[] = [];
  readonly #chat: Chat;
  readonly #engine: Engine;
  readonly #out: Json[] = [];
  readonly #work: WorkOrder[] = [];
  readonly #effects: Effect[] = [];
  readonly #keys: string[] = [];
  #state: ChatState | undefined;

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
    return this.#effects.length > 0;
  }

  has(key: string): boolean {
    return this.#chat.conversation.seen.includes(key) || this.#keys.includes(key);
  }

  addAgain(waiting: Waiting): void {
    this.taken.push({ waiting, outcome: 'again', again: true });
  }

  add(waiting: Waiting, { state, out, work, effects, outcome }: Played): void {
    if (state) this.#state = state;
    this.#out.push(...out.map(bodyToJson));
    this.#work.push(...work);
    this.#effects.push(...effects);
    this.#keys.push(waiting.key);
    this.taken.push({ waiting, outcome, again: false });
  }

  /** `now`: ms since 1970. */
  commit(now: number): Commit {
    const { conversation } = this.#chat;
    const rev = conversation.rev + 1;
    const state = this.#state ? stateToJson(this.#state) : conversation.state;
    const finished = this.taken.flatMap(({ waiting, again }) =>
      waiting.finishes && !again ? [waiting.finishes] : [],
    );
    return {
      next: {
        ...conversation,
        rev,
        state,
        seen: withSeen(conversation.seen, this.#keys),
        touched: now,
        forgetAt: this.#state ? forgetAt(this.#state, now) : conversation.forgetAt,
      },
      out: this.#out.map((body, n) => ({ id: outId(conversation.id, rev, n), body })),
      work: this.#work.map((order, n) => ({
        id: outId(conversation.id, rev, n),
        at: now,
        body: { ...order },
      })),
      finished,
      effects: this.#effects,
    };
  }
}

/** A chat that is linked to a staff member must be there when the alert comes, however long it was quiet. */
const STAFF_KEPT_MS = 100 * 365 * DAY_MS;

const forgetAt = ({ memory }: ChatState, now: number): number =>
  now + ((memory.staff ?? null) === null ? RETENTION_DAYS * DAY_MS : STAFF_KEPT_MS);

/** What the person did, as their own transcript shows it. */
export const echoOf = (event: PersonEvent): Echo => (event.type === 'photo' ? { type: 'photo' } : event);

const bodyToJson = (body: OutBody): Json =>
  'say' in body
    ? { say: sayToJson(body.say), ...(body.pressed && { pressed: body.pressed }) }
    : { echo: body.echo as unknown as Json };
