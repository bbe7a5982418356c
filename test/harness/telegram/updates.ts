import type { Options } from './types.ts';
import { DEFAULT_KINDS, type Update } from './wire.ts';

/** An update that waits, and where it stands with the webhook. */
export interface Waiting {
  readonly update: Update;
  /** Updates of one queue go out one after another; of different ones, side by side. */
  readonly queue: string;
  /** ms since 1970, after which it is dropped */
  readonly expires: number;
  fails: number;
  /** Telegram's seconds */
  delay: number;
  wakeAt: number;
  inFlight: boolean;
}

/** Update ids start anywhere; small enough that none passes 32 bits in a test. */
const anywhere = (): number => 100_000_000 + Math.floor(Math.random() * 900_000_000);

const kindOf = (update: object): string => Object.keys(update).find((key) => key !== 'update_id') ?? 'empty';

export const createUpdates = ({ firstUpdate, messageLife, queryLife }: Required<Options>) => {
  const made = new Map<number, { readonly update: Update; readonly queue: string }>();
  let waiting: Waiting[] = [];
  let nextId = firstUpdate === 0 ? anywhere() : firstUpdate;
  let allowed: ReadonlySet<string> = new Set(DEFAULT_KINDS);
  let confirmed = 0;
  const listeners: (() => void)[] = [];

  const wait = (update: Update, queue: string): void => {
    const life = kindOf(update) === 'callback_query' ? queryLife : messageLife;
    const fresh = { fails: 0, delay: 1, wakeAt: 0, inFlight: false };
    waiting.push({ update, queue, expires: Date.now() + life, ...fresh });
    waiting.sort((a, b) => a.update.update_id - b.update.update_id);
    for (const listener of listeners) listener();
  };

  const push = (body: object, queue: string): number => {
    const update: Update = { update_id: nextId, ...body };
    nextId += 1;
    made.set(update.update_id, { update, queue });
    wait(update, queue);
    return update.update_id;
  };

  /** What people do reaches the bot only if it asked for that kind. */
  const offer = (kind: string, body: object, queue: string): number =>
    allowed.has(kind) ? push({ [kind]: body }, queue) : 0;

  const redeliver = (id: number): void => {
    const found = made.get(id);
    if (found === undefined) throw new Error(`there never was an update ${id}`);
    if (id <= confirmed) throw new Error(`update ${id} is confirmed: getUpdates never gives it again`);
    wait(found.update, found.queue);
  };

  /** Those still worth delivering, in order. */
  const live = (): readonly Waiting[] => {
    waiting = waiting.filter(({ expires, inFlight }) => inFlight || expires > Date.now());
    return waiting;
  };

  const confirm = (below: number): void => {
    waiting = waiting.filter(({ update }) => update.update_id >= below);
    confirmed = Math.max(confirmed, below - 1);
  };

  return {
    push,
    offer,
    redeliver,
    live,
    confirm,
    confirmed: () => confirmed,
    remove: (gone: Waiting): void => {
      waiting = waiting.filter((each) => each !== gone);
    },
    /** Forgets everything that waits (drop_pending_updates). */
    clear: (): void => {
      waiting = [];
    },
    find: (id: number): Update | undefined => made.get(id)?.update,
    allowed: () => allowed,
    allow: (kinds: readonly string[]): void => {
      allowed = new Set(kinds.length === 0 ? DEFAULT_KINDS : kinds);
    },
    onNew: (listener: () => void): void => {
      listeners.push(listener);
    },
  };
};

export type Updates = ReturnType<typeof createUpdates>;
