import { hash, timingSafeEqual } from 'node:crypto';
import express, { type ErrorRequestHandler, type Router, type RequestHandler } from 'express';
import type { RawRequest, Received } from '../port.ts';
import type { Take } from './intake.ts';
import { type Read, readUpdate, update } from './wire.ts';

/** Telegram posts one update; the largest we know (a long text with many entities) is some 100 kB. */
const MOST_BODY = '1mb';
/** Seconds: the store is away or full, and Telegram keeps the update until it is not. */
const COME_AGAIN = '1';

export const WEBHOOK_PATH = '/telegram';
const SECRET_HEADER = 'x-telegram-bot-api-secret-token';

/** Telegram posts to https addresses only; on this machine itself (tests, a server of one's own) http will do. */
const isSafe = ({ protocol, hostname }: URL): boolean =>
  protocol === 'https:' || /^(?:localhost|127(?:\.\d+){3}|\[::1\])$/.test(hostname);

/** What must be done before a webhook can work; undefined when nothing. */
export const webhookAdvice = (publicUrl: string): string | undefined =>
  isSafe(new URL(publicUrl))
    ? undefined
    : 'Telegram posts to https:// addresses only and nothing comes in, for with TELEGRAM_WEBHOOK_SECRET we do not ' +
      'poll either: make PUBLIC_URL an https:// address, or take TELEGRAM_WEBHOOK_SECRET away to poll';

const digest = (text: string): Buffer => hash('sha256', text, 'buffer');

/** Whether a post is Telegram's own. */
export type Believes = (headers: RawRequest['headers']) => boolean;

/** Compared in constant time; the digests make the lengths equal. Without a secret of ours nobody is believed. */
export const createBelief = (secret: string | undefined): Believes => {
  if (secret === undefined) return () => false;
  const expected = digest(secret);
  return ({ [SECRET_HEADER]: given }) => given !== undefined && timingSafeEqual(digest(given), expected);
};

type Refused = Extract<Received, { kind: 'refused' }>;

const NOBODY: Refused = { kind: 'refused', status: 401, code: 'wrong-secret' };
const NO_UPDATE: Refused = { kind: 'refused', status: 400, code: 'bad-request' };

const readBody = (body: unknown, now: number): Read | Refused => {
  const given = update.safeParse(body);
  return given.success ? readUpdate(given.data, now) : NO_UPDATE;
};

/** Verifies and parses one post of Telegram. */
export const readPost = ({ headers, body }: RawRequest, believes: Believes, now: number): Read | Refused =>
  believes(headers) ? readBody(body, now) : NOBODY;

const refuse = (res: express.Response, { status, code }: Refused): void =>
  void res.status(status).json({ code });

/** Before the body is read: nobody else's megabyte is parsed. */
const onlyTelegram =
  (believes: Believes): RequestHandler =>
  ({ headers }, res, next) => {
    if (believes(headers as RawRequest['headers'])) next();
    else refuse(res, NOBODY);
  };

/** 503 for what may pass; a mistake of ours is the app's own 500. Telegram comes again after either. */
const onError: ErrorRequestHandler = (error: { retryable?: unknown } | undefined, _req, res, next) => {
  if (error?.retryable === true) res.status(503).set('Retry-After', COME_AGAIN).json({ code: 'unavailable' });
  else next(error);
};

/** What Telegram reads of the answer is its status. */
const TAKEN = { 'Content-Type': 'application/json', 'Content-Length': '2' } as const;

/** Telegram's posts: its 200 comes after the commit. */
export const addWebhook = (hooks: Router, believes: Believes, take: Take, now: () => number): void => {
  const post: RequestHandler = async (req, res) => {
    const read = readBody(req.body, now());
    if ('kind' in read) return refuse(res, read);
    await take(read);
    res.writeHead(200, TAKEN).end('{}');
  };
  hooks.post(WEBHOOK_PATH, onlyTelegram(believes), express.json({ limit: MOST_BODY }), post, onError);
};
