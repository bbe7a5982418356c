import { Agent, type IncomingMessage, request } from 'node:http';
import type { Options } from './types.ts';
import type { Updates, Waiting } from './updates.ts';

export interface Hook {
  readonly url: string;
  readonly secret?: string;
  /** Deliveries at a time, over all queues: 1–100. */
  readonly connections: number;
}

/** tdlib/telegram-bot-api, WebhookActor: the longest delay is a random 60–120 s, Retry-After counts up to 3,600 s. */
const CAP = 60;
const LONGEST_RETRY_AFTER = 3_600;

interface Answered {
  readonly status: number;
  readonly retryAfter: number;
  readonly body: string;
}

const bodyOf = async (response: IncomingMessage): Promise<string> => {
  const chunks: Buffer[] = [];
  for await (const chunk of response as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
};

/** Nothing leaves this machine, whatever the address says. */
const isHere = (url: string): boolean =>
  /^http:$/.test(new URL(url).protocol) && ['127.0.0.1', 'localhost'].includes(new URL(url).hostname);

const describe = ({ status }: Answered): string => `Wrong response from the webhook: ${status}`;

/** Delivers updates to the bot's webhook: in order within a queue, side by side across them, until a 2xx. */
export const createCourier = (
  updates: Updates,
  { second, webhookWait }: Required<Options>,
  carryOut: (body: string) => void,
) => {
  const agent = new Agent({ keepAlive: true });
  let hook: Hook | undefined;
  let timer: NodeJS.Timeout | undefined;
  let error: { readonly last_error_date: number; readonly last_error_message: string } | undefined;
  let stopped = false;

  const post = async (to: Hook, body: string): Promise<Answered> => {
    if (!isHere(to.url)) throw new Error('Failed to resolve host: No address associated with hostname');
    const secret = to.secret === undefined ? {} : { 'X-Telegram-Bot-Api-Secret-Token': to.secret };
    const headers = {
      'Content-Type': 'application/json',
      'Content-Length': Buffer.byteLength(body),
      ...secret,
    };
    const signal = AbortSignal.timeout(webhookWait);
    const response = await new Promise<IncomingMessage>((resolve, reject) => {
      request(to.url, { method: 'POST', agent, headers, signal }, resolve).on('error', reject).end(body);
    });
    const retryAfter = Number(response.headers['retry-after'] ?? 0);
    return { status: response.statusCode ?? 0, retryAfter, body: await bodyOf(response) };
  };

  /** First again at once, then after 2, 4, 8 … seconds; Retry-After comes before that. */
  const failed = (waiting: Waiting, words: string, retryAfter = 0): void => {
    error = { last_error_date: Math.floor(Date.now() / 1000), last_error_message: words };
    const asked = Math.min(Math.max(retryAfter || 0, 0), LONGEST_RETRY_AFTER);
    let wait = asked;
    if (asked === 0 && waiting.fails > 0) {
      wait = Math.min(waiting.delay * 2, CAP * (1 + Math.random()));
      waiting.delay = wait;
    }
    waiting.fails += 1;
    waiting.wakeAt = Date.now() + wait * second;
    if (waiting.wakeAt > waiting.expires) updates.remove(waiting);
  };

  const deliver = async (to: Hook, waiting: Waiting): Promise<void> => {
    waiting.inFlight = true;
    try {
      const answered = await post(to, JSON.stringify(waiting.update));
      if (answered.status >= 200 && answered.status <= 299) {
        updates.remove(waiting);
        carryOut(answered.body);
      } else failed(waiting, describe(answered), answered.retryAfter);
    } catch (thrown) {
      if (!stopped) failed(waiting, thrown instanceof Error ? thrown.message : String(thrown));
    }
    waiting.inFlight = false;
    pump();
  };

  /** The first of every queue that has none under way. */
  const heads = (): Waiting[] => {
    const first = new Map<string, Waiting>();
    for (const waiting of updates.live()) {
      const { queue, inFlight } = waiting;
      if (inFlight || !first.has(queue)) first.set(queue, waiting);
    }
    return [...first.values()].filter(({ inFlight }) => !inFlight);
  };

  const pump = (): void => {
    clearTimeout(timer);
    if (hook === undefined || stopped) return;
    // One look at the clock: what falls due between two would be in neither part, and nobody would wake for it.
    const now = Date.now();
    const flying = updates.live().filter(({ inFlight }) => inFlight).length;
    const waiting = heads();
    const due = waiting.filter(({ wakeAt }) => wakeAt <= now);
    const next = Math.min(...waiting.map(({ wakeAt }) => wakeAt).filter((at) => at > now));
    for (const each of due.slice(0, Math.max(0, hook.connections - flying))) void deliver(hook, each);
    if (Number.isFinite(next)) timer = setTimeout(pump, next - now);
  };

  updates.onNew(pump);
  return {
    set: (to: Hook | undefined): void => {
      hook = to;
      error = undefined;
      pump();
    },
    hook: () => hook,
    error: () => error,
    stop: (): void => {
      stopped = true;
      clearTimeout(timer);
      agent.destroy();
    },
  };
};

export type Courier = ReturnType<typeof createCourier>;
