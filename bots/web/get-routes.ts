import type { Request, RequestHandler, Router } from 'express';
import type { Letter } from '../../src/delivery/letter.ts';
import { LANGS, type Lang } from '../../src/domain/lang.ts';
import { Refusal } from '../../web/refusal.ts';
import { chosenLang } from '../../web/words.ts';
import type { ChannelHost } from '../port.ts';
import { addAttachedRoutes } from './attached-routes.ts';
import type { Guard } from './guard.ts';
import { countAddress } from './hand.ts';
import { saidBy } from './link.ts';
import { chatPage } from './page.ts';
import type { WebLimits, WebParts } from './parts.ts';
import { createReader, type Reader } from './reader.ts';
import type { Session, Sessions } from './session.ts';
import type { Streams } from './streams.ts';
import type { Transcript } from './transcript.ts';

export interface GetParts {
  readonly web: WebParts;
  readonly guard: Guard;
  readonly sessions: Sessions;
  readonly streams: Streams;
  readonly transcript: Transcript;
  readonly limits: WebLimits;
  readonly arrived: ChannelHost['arrived'];
}

/** The page follows the talk; before there is one, what was chosen on this browser. */
const langOf = (letters: readonly Letter[], req: Request): Lang =>
  letters.findLast(({ say }) => say !== undefined)?.lang ?? chosenLang(req.headers.cookie) ?? 'vi';

/** Ids are told what they are about: an area ("12/03595"), a day of a campaign ("C7K3M|2026-11-24"). */
const LETTER_ID = /^[!-~]{1,200}$/;

/** Where a page left off: what the browser says when it resumes counts more than the address it first asked. */
const resumeAt = (req: Request): string | undefined => {
  const said = req.headers['last-event-id'] || req.query.after || undefined;
  if (said === undefined) return undefined;
  if (typeof said !== 'string' || !LETTER_ID.test(said)) throw new Refusal(400, 'bad-request');
  return said;
};

/** What the page reads: itself, the live stream, the same by asking, and what its own messages carry. */
export const addGetRoutes = (http: Router, parts: GetParts): void => {
  const { web, guard, sessions, streams, transcript, arrived } = parts;
  const { mailbox, chatOf, greeting, assets } = web;

  const lettersOf = async (session: Session | undefined): Promise<readonly Letter[]> =>
    session === undefined ? [] : mailbox.since(chatOf(session.address));

  const readerFor = (req: Request): Reader => {
    const lang = LANGS.find((one) => one === req.query.lang) ?? 'vi';
    const chat = chatOf(guard.session(req).address);
    const after = resumeAt(req);
    return createReader({ mailbox, transcript, chat, lang, greeting: greeting(lang), after, arrived });
  };

  /** A first visit gets a cookie and nothing else: whoever only looks, or crawls, leaves no trace in the store. */
  const home: RequestHandler = async (req, res) => {
    const session = sessions.read(req.headers.cookie);
    const letters = await lettersOf(session);
    const lang = langOf(letters, req);
    res.append('Set-Cookie', sessions.header(session ?? sessions.issue()));
    res.set({ 'Cache-Control': 'no-store', 'Content-Language': lang }).type('html');
    const say = saidBy(req.query);
    const page = { lang, letters, greeting: greeting(lang), ...(say !== undefined && { say }) };
    res.send(chatPage(transcript, assets, page));
  };

  const messages: RequestHandler = async (req, res) => {
    const drawn = await readerFor(req).next();
    res.set('Cache-Control', 'no-store');
    res.json({ messages: drawn.map(({ markup }) => markup.markup) });
  };

  const stream: RequestHandler = (req, res) => {
    const { address } = guard.session(req);
    streams.open(address, res, readerFor(req));
  };

  const address = countAddress(guard);
  http.get('/', address, home);
  http.get('/chat/messages', address, messages);
  http.get('/chat/stream', address, stream);
  addAttachedRoutes(http, address, {
    attachments: web.attachments,
    letters: async (req) => {
      const session = guard.session(req);
      return { address: session.address, letters: await lettersOf(session) };
    },
  });
};
