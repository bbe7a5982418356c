import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { listenAnywhere } from '../../listen.ts';
import { parametersOf } from '../../telegram/body.ts';
import type { Random } from '../random.ts';

/** One message that a bot was asked to send, and what was answered: 200 it went, 403 blocked, 429 wait. */
export interface Heard {
  /** ms since 1970. */
  readonly at: number;
  readonly bot: string;
  readonly chat: string;
  readonly text: string;
  readonly markup: string;
  readonly status: 200 | 403 | 429;
}

export interface BotApi {
  readonly name: string;
  readonly port: number;
  /** Grows only; in the order in which things happened. */
  readonly log: readonly Heard[];
  /** For so many seconds nobody may send anything. */
  storm(seconds: number): void;
  close(): Promise<void>;
}

export interface BotApiParts {
  readonly name: string;
  readonly random: Random;
  /** Chats whose people have stopped the bot. */
  readonly blocked: ReadonlySet<string>;
}

/** How long a call takes before the message is out, and until the answer is (ms): time to die in. */
const BEFORE = [1, 20] as const;
const AFTER = [1, 40] as const;

const answer = (res: ServerResponse, status: number, body: object): void => {
  res.statusCode = status;
  res.setHeader('content-type', 'application/json');
  res.end(JSON.stringify(status === 200 ? { ok: true, result: body } : { ok: false, ...body }));
};

const refusal = (code: number, description: string, more: object = {}) => ({
  error_code: code,
  description,
  ...more,
});

/** The Bot API as far as one who only sends sees it, with a log that nothing is taken from. */
export const startBotApi = async ({ name, random, blocked }: BotApiParts): Promise<BotApi> => {
  const log: Heard[] = [];
  let stormUntil = 0;
  let messages = 0;

  const statusFor = (chat: string): Heard['status'] => {
    if (Date.now() < stormUntil) return 429;
    return blocked.has(chat) ? 403 : 200;
  };

  const take = async (req: IncomingMessage, res: ServerResponse, url: URL): Promise<void> => {
    const { chat_id: to, text = '', reply_markup: keyboard } = await parametersOf(req, url);
    await pause(random.between(...BEFORE));
    if (res.destroyed && random.chance(0.5)) return; // the process died while it was sending: it went, or not
    const chat = String(to);
    const markup = keyboard === undefined ? '' : JSON.stringify(keyboard);
    const status = statusFor(chat);
    log.push({ at: Date.now(), bot: name, chat, text: String(text), markup, status });
    if (status === 403) return answer(res, 403, refusal(403, 'Forbidden: bot was blocked by the user'));
    if (status === 429) {
      const left = Math.max(1, Math.ceil((stormUntil - Date.now()) / 1_000));
      return answer(res, 429, refusal(429, 'Too Many Requests', { parameters: { retry_after: left } }));
    }
    await pause(random.between(...AFTER));
    messages += 1;
    answer(res, 200, { message_id: messages, date: 1, chat: { id: Number(chat), type: 'private' } });
  };

  const server = createServer((req, res) => {
    const url = new URL(req.url ?? '/', 'http://127.0.0.1');
    take(req, res, url).catch(() => res.destroy());
  });
  const port = await listenAnywhere(server);
  return {
    name,
    port,
    log,
    storm: (seconds) => {
      stormUntil = Date.now() + seconds * 1_000;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
};
