import type { Json } from '../domain/json.ts';
import type { Say } from './say.ts';
import type { ChatState } from './state.ts';

/** A service the flow wants called. `id` names run and question; the result must come back with it. */
export interface Call {
  readonly id: string;
  readonly name: string;
  readonly args: Json;
}

/** Work that outlasts a step; done after the commit, its result is an event of its own (`worked`). */
export interface WorkOrder {
  readonly id: string;
  readonly name: string;
  readonly args: Json;
}

/** What one event did. With `call` set, nothing may be committed yet: the result goes into the next `step`. */
export interface Stepped {
  readonly state: ChatState;
  readonly says: readonly Say[];
  readonly work: readonly WorkOrder[];
  readonly call?: Call;
  /** How the event was taken, for metrics: never personal data. */
  readonly outcome: Outcome;
}

export type Outcome =
  | 'answered'
  | 'problem'
  | 'command'
  | 'started'
  | 'ended'
  | 'stale'
  | 'ignored'
  | 'unknown'
  | 'call';
