import { Pool } from 'undici';
import { exchange } from './exchange.ts';
import { TelegramFault } from './faults.ts';

/** Telegram answers at once or in the time of a long poll; a server that cannot even be reached is told sooner (ms). */
const CONNECT_MS = 5_000;
/** As many calls at once as Telegram posts updates at once; the next one waits for one of them. */
const MOST_AT_ONCE = 100;

export interface CallLimits {
  readonly signal?: AbortSignal | undefined;
  /** How long Telegram may be silent (ms). */
  readonly within: number;
}

/**
 * One call of the Bot API that carries no file: the `result` of Telegram's answer.
 * @throws TelegramFault what Telegram refused
 * @throws Error the line broke
 */
export type Call = (method: string, payload: object, limits: CallLimits) => Promise<unknown>;

interface Answer {
  readonly ok: boolean;
  readonly result?: unknown;
  readonly error_code?: number;
  readonly description?: string;
  readonly parameters?: { readonly retry_after?: number };
}

const refused = ({ error_code: code = 0, description = '', parameters }: Answer): TelegramFault =>
  new TelegramFault(code, `${code}: ${description}`, parameters?.retry_after);

/**
 * Over kept connections. telegraf's own client opens a new one for each call where the Bot API is on http (a server of
 * one's own), and takes several times undici's processor time where it keeps them. Idle ones keep no process alive.
 */
export const createCall = (token: string, apiRoot: string): Call => {
  const { origin, pathname } = new URL(apiRoot);
  const root = `${pathname.replace(/\/$/, '')}/bot${token}/`;
  const pool = new Pool(origin, { connections: MOST_AT_ONCE, connect: { timeout: CONNECT_MS } });
  return async (method, payload, { signal, within }) => {
    const options = {
      method: 'POST',
      path: root + method,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(payload),
      headersTimeout: within,
      bodyTimeout: within,
    } as const;
    const { status, text } = await exchange(pool, options, signal);
    // Not Telegram's own words any more, but those of something before it: a page, or nothing.
    if (status >= 500) throw new TelegramFault(status, String(status));
    const answer = JSON.parse(text) as Answer;
    if (!answer.ok) throw refused(answer);
    return answer.result;
  };
};
