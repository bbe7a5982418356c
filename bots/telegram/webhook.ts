import { timingSafeEqual } from 'node:crypto';
import type { Hook } from '../../src/services/hook.ts';
import { Refusal } from '../../web/refusal.ts';
import type { RawRequest, Received } from '../port.ts';
import type { Take } from './intake.ts';
import { type Read, readUpdate, update } from './wire.ts';

/** Telegram posts one update; the largest we know (a long text with many entities) is some 100 kB. */
const MOST_BODY = 1024 * 1024;

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

/** Whether a post is Telegram's own. */
export type Believes = Hook['believes'];

/** Compared in constant time; nothing but its length can be found out. Without a secret of ours nobody is believed. */
export const createBelief = (secret: string | undefined): Believes => {
  if (secret === undefined) return () => false;
  const expected = Buffer.from(secret);
  return ({ [SECRET_HEADER]: given }) => {
    const said = typeof given === 'string' ? Buffer.from(given) : undefined;
    return said?.length === expected.length && timingSafeEqual(said, expected);
  };
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

/** Telegram's posts: its 200 comes after the commit. */
export const webhookOf = (believes: Believes, take: Take, now: () => number): Hook => ({
  limit: MOST_BODY,
  believes,
  take: async (body) => {
    const read = readBody(body, now());
    if ('kind' in read) throw new Refusal(read.status, read.code);
    await take(read);
  },
});
