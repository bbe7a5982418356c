import { createHash, timingSafeEqual } from 'node:crypto';
import express, { type ErrorRequestHandler, type Express, type RequestHandler } from 'express';
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

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

/** Compared in constant time; the digests make the lengths equal. Without a secret of ours nobody is believed. */
const isBelieved = ({ headers }: Pick<RawRequest, 'headers'>, secret: string | undefined): boolean => {
  const given = headers[SECRET_HEADER];
  return given !== undefined && secret !== undefined && timingSafeEqual(digest(given), digest(secret));
};

type Refused = Extract<Received, { kind: 'refused' }>;

const NOBODY: Refused = { kind: 'refused', status: 401, code: 'wrong-secret' };
const NO_UPDATE: Refused = { kind: 'refused', status: 400, code: 'bad-request' };

/** Verifies and parses one post of Telegram. */
export const readPost = (request: RawRequest, secret: string | undefined, now: number): Read | Refused => {
  if (!isBelieved(request, secret)) return NOBODY;
  const given = update.safeParse(request.body);
  return given.success ? readUpdate(given.data, now) : NO_UPDATE;
};

const rawOf = ({ headers, body }: { headers: object; body?: unknown }): RawRequest => ({
  headers: headers as RawRequest['headers'],
  body,
});

const refuse = (res: express.Response, { status, code }: Refused): void =>
  void res.status(status).json({ code });

/** Before the body is read: nobody else's megabyte is parsed. */
const onlyTelegram =
  (secret: string): RequestHandler =>
  (req, res, next) => {
    if (isBelieved(rawOf(req), secret)) next();
    else refuse(res, NOBODY);
  };

/** 503 for what may pass; a mistake of ours is the app's own 500. Telegram comes again after either. */
const onError: ErrorRequestHandler = (error: { retryable?: unknown } | undefined, _req, res, next) => {
  if (error?.retryable === true) res.status(503).set('Retry-After', COME_AGAIN).json({ code: 'unavailable' });
  else next(error);
};

/** Telegram's posts: its 200 comes after the commit. */
export const addWebhook = (http: Express, secret: string, take: Take, now: () => number): void => {
  const post: RequestHandler = async (req, res) => {
    const read = readPost(rawOf(req), secret, now());
    if ('kind' in read) return refuse(res, read);
    await take(read);
    res.json({});
  };
  http.post(WEBHOOK_PATH, onlyTelegram(secret), express.json({ limit: MOST_BODY }), post, onError);
};
