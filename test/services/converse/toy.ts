/** A toy conversation: it remembers what it was told, in order, and says each thing back. */
import type { Event } from '../../../src/dialogue/event.ts';
import { line, type Say } from '../../../src/dialogue/say.ts';
import { type ChatState, newState } from '../../../src/dialogue/state.ts';
import type { Stepped } from '../../../src/dialogue/stepped.ts';
import type { Json } from '../../../src/domain/json.ts';
import { createBlindIndex } from '../../../src/security/blind-index.ts';
import { randomId } from '../../../src/security/random.ts';
import { Converse, type ConverseOptions } from '../../../src/services/converse/converse.ts';
import type { Engine, OutMessage } from '../../../src/services/converse/ports.ts';
import type { Inbound } from '../../../src/services/inbound.ts';
import { Conversations } from '../../../src/store/conversations.ts';
import { PATIENCE } from '../../harness/patience.ts';
import { joinStore, type OpenStore, RING } from '../../store/open-store.ts';

const say = (key: string, n?: string): Say => ({
  notes: [line(key, n === undefined ? undefined : { n })],
  turn: 0,
});

const told = (state: ChatState): readonly Json[] => (state.memory.told ?? []) as readonly Json[];

const remember = (state: ChatState, what: string): Stepped => ({
  state: { ...state, turn: state.turn + 1, memory: { ...state.memory, told: [...told(state), what] } },
  says: [say('told', what)],
  work: [],
  outcome: 'answered',
});

function step(state: ChatState, event: Event): Stepped {
  if (event.type === 'parked') return { state, says: [say('sorry')], work: [], outcome: 'answered' };
  if (event.type === 'result') return remember(state, String(event.value));
  if (event.type === 'worked') return remember(state, String(event.value ?? event.problem?.key));
  if (event.type === 'photo') {
    const work = [{ id: 'card', name: 'read', args: event.ref }];
    return { state, says: [say('reading')], work, outcome: 'answered' };
  }
  if (event.type !== 'text') return { state, says: [], work: [], outcome: 'ignored' };
  if (event.text.startsWith('boom')) throw new TypeError(`cannot take ${event.text}`);
  const [name, ...args] = event.text.split(' ');
  if (name !== 'call') return remember(state, event.text);
  const call = { id: 'c', name: args[0] ?? '', args: args[1] ?? null };
  return { state, says: [], work: [], call, outcome: 'call' };
}

export const toy: Engine = { step, empty: newState, read: (json) => json as unknown as ChatState };

export interface Party {
  readonly converse: Converse;
  readonly store: OpenStore;
  readonly conversations: Conversations;
  /** What was sent, in the order it was. */
  readonly sent: OutMessage[];
  /** Every line that was logged, and everything that was counted. */
  readonly logged: string[];
  readonly counted: string[];
  /** Ends it cleanly. */
  close(): Promise<void>;
  /** Ends it as a crash would: nothing is finished, nothing is marked, and the database hears no more of it. */
  crash(): Promise<void>;
}

/** One process's part of the conversation; several may share a database. */
export async function party(
  uri: string,
  options: Partial<ConverseOptions> & { readonly patience?: number } = {},
): Promise<Party> {
  const store = await joinStore(uri);
  const sent: OutMessage[] = [];
  const logged: string[] = [];
  const counted: string[] = [];
  const log = (fields: object, message: string) => void logged.push(JSON.stringify({ ...fields, message }));
  const count =
    (name: string) =>
    (...what: unknown[]) =>
      void counted.push([name, ...what.filter((x) => typeof x === 'string')].join(' '));
  const metrics = {
    update: count('update'),
    stepMs: count('step'),
    commitMs: count('commit'),
    parked: count('parked'),
    sendMs: count('send'),
    swept: count('swept'),
  };
  const conversations = new Conversations(store.database, store.sealer, {
    patience: options.patience ?? 15_000,
  });
  const converse = new Converse({
    conversations,
    sealer: store.sealer,
    blindIndex: createBlindIndex(RING),
    engine: toy,
    services: {},
    workers: {},
    deliver: async (message) => void sent.push(message),
    metrics,
    log: { info: log, warn: log, error: log },
    sweepEvery: 100,
    ...options,
  });
  const close = async () => {
    await converse.close();
    await store.close();
  };
  return { converse, store, conversations, sent, logged, counted, close, crash: () => store.close() };
}

export const textFrom = (address: string, text: string, deliveryId = randomId()): Inbound => ({
  channel: 'toy',
  deliveryId,
  address,
  event: { type: 'text', text },
  at: 0,
});

/** What a chat was told, as the database has it. */
export async function toldTo({ conversations }: Party, address: string): Promise<readonly Json[]> {
  const stored = await conversations.load(createBlindIndex(RING)('chat', `toy|${address}`));
  return stored ? told(toy.read(stored.state)) : [];
}

/** The key of what was said, and its value. */
export function saidIn({ body }: OutMessage): string {
  if ('echo' in body) return `echo ${body.echo.type}`;
  const [note] = body.say.notes;
  return [note?.key, ...Object.values(note?.values ?? {})].join(' ');
}

/** Until it holds. */
export async function until(what: () => boolean | Promise<boolean>): Promise<void> {
  const end = Date.now() + PATIENCE;
  while (!(await what())) {
    if (Date.now() > end) throw new Error(`It took longer than ${PATIENCE} ms until ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
