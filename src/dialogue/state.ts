import type { Json } from '../domain/json.ts';
import type { Lang } from '../domain/lang.ts';
import type { Memory } from './event.ts';
import type { Line, Value } from './say.ts';

/** Version of the stored shape; a state of another version is brought up by `readState`. */
export const STATE_VERSION = 1;

/**
 * One conversation that was begun. Only answers are kept, by question id, never a position: the next
 * question is found by running the flow from the top.
 */
export interface Run {
  readonly id: number;
  readonly flow: string;
  /** What the run was started with: a menu button's preset, an alert's id. */
  readonly params: { readonly [name: string]: Json };
  readonly startedAt: number;
  readonly touchedAt: number;
  /** Parsed values by question id; null means skipped. Call results stand under `=id`. */
  readonly answers: { readonly [key: string]: Json };
  /** Answers taken back by *back* or *edit*, offered again at their question: nothing typed is lost. null: skipped. */
  readonly was: { readonly [key: string]: Json };
  /** Wrong answers in a row at the present question. */
  readonly tries: number;
  /** What an ambiguous answer could have meant, waiting for a choice. */
  readonly narrow?: { readonly key: string; readonly values: readonly Json[] };
  /** Ticked so far in a question with several choices. */
  readonly picked?: { readonly key: string; readonly ids: readonly string[] };
  readonly page?: number;
  /** The present question and the turn it was first shown in: presses of older buttons are stale. */
  readonly asked?: { readonly key: string; readonly turn: number };
  /**
   * Work under way for the present question; its result must name it. `parts`: what it was given so far, where more may
   * come while it is under way.
   */
  readonly waiting?: { readonly key: string; readonly work: string; readonly parts?: readonly Json[] };
  /** The person asked which answer to edit. */
  readonly editing?: true;
}

/** All that is kept of a chat between two messages. JSON, versioned. */
export interface ChatState {
  readonly v: typeof STATE_VERSION;
  readonly lang: Lang;
  /** Counts the messages with buttons; a button carries the turn it was drawn for. */
  readonly turn: number;
  /** Runs that are open, the newest last. */
  readonly runs: readonly Run[];
  /** The run that is talked to; the others are put aside. */
  readonly active?: number;
  readonly nextRun: number;
  readonly memory: Memory;
  /** Ids behind the numbers of the last message, so that a typed "2" does what the second button does. */
  readonly numbered?: readonly string[];
  /** What stands on each of them, where no question is open: one that is knows the words for its answers itself. */
  readonly labels?: readonly Value[];
  /** Said with the next message: what was noted before a service had to be called. */
  readonly notes?: readonly Line[];
  /** The button that gave the last answer, to tell a double press from a stale one. */
  readonly pressed?: { readonly turn: number; readonly ids: readonly string[]; readonly at: number };
}

export const newState = (lang: Lang = 'vi'): ChatState => ({
  v: STATE_VERSION,
  lang,
  turn: 0,
  runs: [],
  nextRun: 1,
  memory: {},
});

/**
 * A stored state in the present shape.
 * @throws Error when it was written by a newer release: to answer from it could lose what that one kept
 */
export const readState = (json: Json): ChatState => {
  const version = (json as { v?: unknown } | null)?.v;
  if (version !== STATE_VERSION) throw new Error(`conversation state of version ${version} cannot be read`);
  return json as unknown as ChatState;
};
