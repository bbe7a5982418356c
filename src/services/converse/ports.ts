/** What a conversation needs from the rest of the house; all of it is handed in. */
import type { Outgoing } from '../../delivery/outgoing.ts';
import type { Event, PersonEvent } from '../../dialogue/event.ts';
import type { Say } from '../../dialogue/say.ts';
import type { ChatState } from '../../dialogue/state.ts';
import type { Stepped } from '../../dialogue/stepped.ts';
import type { Json } from '../../domain/json.ts';
import type { Lang } from '../../domain/lang.ts';
import type { Problem } from '../../domain/parsed.ts';
import type { Member } from '../../store/conversation.ts';

/** The pure core. Nothing in it waits, so an event can be stepped again whenever that is needed. */
export interface Engine {
  step(state: ChatState, event: Event, now: number): Stepped;
  empty(lang?: Lang): ChatState;
  /** Brings a stored state up to this version. Throws when it cannot be read. */
  read(json: Json): ChatState;
}

export interface WorkContext {
  readonly chat: string;
  readonly channel: string;
  readonly lang: Lang;
}

export type WorkResult = { readonly value: Json } | { readonly problem: Problem };

/** Work that outlasts a step. It runs after the commit, once, and may be cut short by a crash. */
export type Worker = (args: Json, context: WorkContext) => Promise<WorkResult>;

/** What the person did, for channels that show the whole talk; of a photo or a file only that one was sent. */
export type Echo = Exclude<PersonEvent, { type: 'photo' | 'file' }> | { readonly type: 'photo' | 'file' };

/** Of the button that led here, see `Outgoing`. */
export type Closes = Pick<Outgoing, 'pressed' | 'taken'>;

export type OutBody = ({ readonly say: Say } & Closes) | { readonly echo: Echo };

/** As it is stored. In a talk `to` says which of its chats it is for; else it is for the chat it stands in. */
export type StoredOut = OutBody & { readonly to?: Member };

/** One message to one person. Repeating the same id must do no harm. */
export interface OutMessage {
  /** `chat:rev:n` */
  readonly id: string;
  /** The conversation it was said in: a talk, or the chat's own. */
  readonly of: string;
  /** The chat it goes to. */
  readonly chat: string;
  readonly channel: string;
  readonly address: string;
  readonly lang: Lang;
  readonly body: OutBody;
}

/** Sends one message, or throws `SendError`. */
export type Deliver = (message: OutMessage) => Promise<unknown>;

/** How a send ended. `gave-up`: it will not be tried again. */
export type SendOutcome = 'sent' | 'later' | 'gave-up';

/** Counted, never stored; no personal data. Times in ms. */
export interface Metrics {
  /** `outcome`: the engine's, or `again` (seen before), `parked`, `unavailable`, `overloaded`. */
  update(channel: string, outcome: string): void;
  /** Stepping all events of one turn, services included. */
  stepMs(ms: number): void;
  /** From the commit's being handed in to its being durable. */
  commitMs(ms: number): void;
  parked(channel: string): void;
  sendMs(channel: string, outcome: SendOutcome, ms: number): void;
  /** Something that a crash or a failed send left behind was taken up again. */
  swept(what: 'message' | 'work'): void;
}

/** What of a logger is needed here (pino's fits). */
export interface Log {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}
