import express, { type Request, type RequestHandler, type Response } from 'express';
import { shownBy } from '../../src/delivery/letter.ts';
import type { Mailbox } from '../../src/delivery/mailbox.ts';
import type { Outgoing } from '../../src/delivery/outgoing.ts';
import type { Renderer } from '../../src/dialogue/render.ts';
import type { Door } from '../../src/services/inbound.ts';
import { Refusal } from '../../web/refusal.ts';
import type { Capabilities, Channel, ChannelHost, RawRequest } from '../port.ts';
import { letterText, type QrText } from './render.ts';
import { readPost, readReader } from './wire.ts';

export interface TerminalParts {
  /** What the client must show; it lies in the data folder, readable by its owner only. */
  readonly token: string;
  readonly mailbox: Mailbox;
  readonly renderer: Renderer;
  readonly qrText: QrText;
  readonly chatOf: (address: string) => string;
  readonly now?: () => number;
}

const capabilities: Capabilities = {
  buttons: 0,
  images: false,
  files: false,
  photosIn: false,
  contact: false,
  location: false,
  edits: false,
  textLength: 100_000,
  paid: false,
  takes: 'page',
};

/** How often a quiet stream shows that it lives (ms). */
const BEAT_MS = 15_000;

const raw = (req: Request): RawRequest => ({ headers: req.headers as RawRequest['headers'], body: req.body });

const take =
  ({ token, now = Date.now }: TerminalParts, door: Door): RequestHandler =>
  async (req, res) => {
    const received = readPost(raw(req), token, now());
    if (received.kind === 'refused') throw new Refusal(received.status, received.code);
    const [message] = received.kind === 'messages' ? received.messages : [];
    if (message === undefined) throw new Refusal(400, 'bad-request');
    res.json(await door.accept(message));
  };

type Listening = Pick<ChannelHost, 'arrived'> & { readonly open: Set<Response> };

/** One JSON line per message, from the one after `after` on, for as long as the client listens. */
const stream =
  (
    { token, mailbox, renderer, qrText, chatOf }: TerminalParts,
    { open, arrived }: Listening,
  ): RequestHandler =>
  async (req, res) => {
    const session = readReader(raw(req), req.query.session, token);
    if (session === undefined) throw new Refusal(401, 'wrong-token');
    const chat = chatOf(session);
    let last = typeof req.query.after === 'string' ? req.query.after : undefined;
    const shown = async (after: string): Promise<void> => arrived(shownBy(await mailbox.since(chat), after));
    let looking = last === undefined ? Promise.resolve() : shown(last);
    const look = async (): Promise<void> => {
      for (const letter of await mailbox.since(chat, last)) {
        last = letter.id;
        const text = await letterText(renderer, qrText, letter);
        if (text !== null && !res.writableEnded) res.write(`${JSON.stringify({ id: letter.id, text })}\n`);
      }
    };
    // A look that fails ends the stream: the client comes back and goes on where it was.
    const wake = (): void => {
      looking = looking.then(look).catch(() => void res.end());
    };
    res.status(200).set({ 'Content-Type': 'application/x-ndjson', 'Cache-Control': 'no-store' });
    res.flushHeaders();
    open.add(res);
    const beat = setInterval(() => res.write('\n'), BEAT_MS);
    const unwatch = mailbox.watch(chat, wake);
    res.on('close', () => {
      clearInterval(beat);
      unwatch();
      open.delete(res);
    });
    wake();
  };

/** A chat in a terminal: text in, text out, over the server's own port with a token from the data folder. */
export const createTerminalChannel = (parts: TerminalParts): Channel => {
  const open = new Set<Response>();
  return {
    name: 'terminal',
    capabilities,
    receive: async (request) => readPost(request, parts.token, (parts.now ?? Date.now)()),
    send: async ({ id, lang, say, address }: Outgoing) => {
      await parts.mailbox.append(parts.chatOf(address), { id, lang, say });
      return {};
    },
    start: async ({ http, door, arrived }) => {
      http.post('/terminal', express.json({ limit: '16kb' }), take(parts, door));
      http.get('/terminal/stream', stream(parts, { open, arrived }));
    },
    stop: async () => {
      for (const res of open) res.end();
    },
  };
};
