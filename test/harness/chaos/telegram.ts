import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { listenAnywhere } from '../listen.ts';
import { parametersOf } from '../telegram/body.ts';
import type { Random } from './random.ts';

/** A message of the bot, as it came. */
export interface Heard {
  readonly method: string;
  readonly text: string;
  readonly markup: string;
}

export interface Update {
  readonly update_id: number;
}

/** Telegram for very many chats: takes what bots send, and keeps the updates of those that ask for them. */
export interface FakeApi {
  readonly port: number;
  heard(chat: string): readonly Heard[];
  /** For the bot that polls; `confirmed` is called when it asks for what comes after. */
  queue(update: Update, confirmed: () => void): void;
  close(): Promise<void>;
}

interface Queued {
  readonly update: Update;
  readonly confirmed: () => void;
}

/** Of the bot that polls; the tests' bots differ in their token only. */
const createInbox = () => {
  let waiting: Queued[] = [];
  let asking: ((answer: { readonly conflict: boolean }) => void) | undefined;
  const wait = (ms: number, gone: AbortSignal): Promise<{ readonly conflict: boolean }> =>
    new Promise((resolve) => {
      asking = resolve;
      setTimeout(() => resolve({ conflict: false }), ms).unref();
      gone.addEventListener('abort', () => resolve({ conflict: true }));
    });
  return {
    queue: (queued: Queued): void => {
      waiting.push(queued);
      asking?.({ conflict: false });
    },
    take: async (offset: number, limit: number, seconds: number, gone: AbortSignal) => {
      asking?.({ conflict: true }); // Telegram answers the one that asks now, and tells the other one off
      asking = undefined;
      const done = waiting.filter(({ update }) => update.update_id < offset);
      waiting = waiting.filter(({ update }) => update.update_id >= offset);
      for (const { confirmed } of done) confirmed();
      if (waiting.length === 0 && (await wait(seconds * 1_000, gone)).conflict) return undefined;
      return waiting.slice(0, limit).map(({ update }) => update);
    },
  };
};

const say = (res: ServerResponse, result: unknown): void => {
  res.setHeader('content-type', 'application/json');
  res.end(JSON.stringify({ ok: true, result }));
};

const CONFLICT = {
  ok: false,
  error_code: 409,
  description: 'Conflict: terminated by other getUpdates request',
};

/** How long Telegram takes for a call (ms), so that there is time to die in it. */
const LATENCY = [2, 40] as const;

const textOf = (value: unknown): string =>
  value === undefined ? '' : typeof value === 'string' ? value : JSON.stringify(value);

export const startFakeApi = async (random: Random): Promise<FakeApi> => {
  const inbox = createInbox();
  const chats = new Map<string, Heard[]>();
  let lastMessage = 0;

  const record = (method: string, params: Readonly<Record<string, unknown>>): void => {
    const chat = String(params.chat_id);
    const text = textOf(params.text ?? params.caption);
    const heard = chats.get(chat) ?? [];
    heard.push({ method, text, markup: textOf(params.reply_markup) });
    chats.set(chat, heard);
  };

  const answer = async (method: string, req: IncomingMessage, res: ServerResponse, url: URL) => {
    const params = await parametersOf(req, url);
    if (method === 'getUpdates') {
      const gone = new AbortController();
      res.on('close', () => gone.abort());
      const [offset, limit, held] = [params.offset, params.limit, params.timeout].map(Number);
      const taken = await inbox.take(offset || 0, limit || 100, held || 0, gone.signal);
      if (taken !== undefined) return say(res, taken);
      res.statusCode = CONFLICT.error_code;
      return void res.end(JSON.stringify(CONFLICT));
    }
    if (method === 'getMe') return say(res, { id: 1, is_bot: true, first_name: 'Thử', username: 'thu_bot' });
    if (!/^(send|edit)/.test(method)) return say(res, true);
    await pause(random.between(...LATENCY));
    if (res.destroyed && random.chance(0.5)) return; // the process died while it was sending: it went, or not
    record(method, params);
    lastMessage += 1;
    const chat = { id: Number(params.chat_id), type: 'private' };
    say(res, { message_id: Number(params.message_id) || lastMessage, date: 1, chat });
  };

  const server = createServer((req, res) => {
    const url = new URL(req.url ?? '/', 'http://127.0.0.1');
    answer(url.pathname.split('/').at(-1) ?? '', req, res, url).catch(() => res.destroy());
  });
  const port = await listenAnywhere(server);
  return {
    port,
    heard: (chat) => chats.get(chat) ?? [],
    queue: (update, confirmed) => inbox.queue({ update, confirmed }),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
};
