import { randomUUID } from 'node:crypto';
import { type IncomingMessage, type ServerResponse, STATUS_CODES } from 'node:http';
import type { Logger } from 'pino';
import { Refusal } from '../../web/refusal.ts';
import type { Hook } from '../services/hook.ts';
import { type Problem, problemOf } from './problem.ts';

/** Seconds. A platform keeps what we could not take, and everything behind it in that chat waits: soon. */
const COME_AGAIN = 1;

export interface HooksParts {
  readonly log: Logger;
  /** How long an answer may take once the post has arrived (ms). */
  readonly answerWithin: number;
}

/**
 * Where platforms post to, served before Express: nobody reads these answers but a program, and Express alone, which
 * gives every request and response another prototype, costs more than all that an update of a chat needs besides
 * (docs/benchmarks.md).
 */
export interface Hooks {
  add(path: string, hook: Hook): void;
  /** Whether the request was for one of them; then it is taken care of. */
  serve(req: IncomingMessage, res: ServerResponse): boolean;
}

const JSON_TYPE = /^application\/json\b/i;

/** @throws Refusal too large, or cut off */
const textOf = (req: IncomingMessage, limit: number): Promise<string> =>
  new Promise((resolve, reject) => {
    const pieces: Buffer[] = [];
    let bytes = 0;
    req.on('data', (piece: Buffer) => {
      bytes += piece.length;
      if (bytes <= limit) pieces.push(piece);
      else reject(new Refusal(413, 'too-large'));
    });
    req.once('end', () => resolve(Buffer.concat(pieces).toString()));
    const cut = () => req.complete || reject(new Refusal(400, 'bad-request'));
    req.once('close', cut).once('error', cut);
  });

/** @throws Refusal */
const bodyOf = async (req: IncomingMessage, limit: number): Promise<unknown> => {
  const { 'content-type': type = '', 'content-length': length = 0 } = req.headers;
  if (!JSON_TYPE.test(type)) throw new Refusal(400, 'bad-request');
  if (Number(length) > limit) throw new Refusal(413, 'too-large');
  const text = await textOf(req, limit);
  try {
    return JSON.parse(text);
  } catch {
    throw new Refusal(400, 'bad-json'); // what was wrong with it is nobody's business but the sender's
  }
};

const TAKEN = { 'Content-Type': 'application/json', 'Content-Length': '2' } as const;

const answer = (res: ServerResponse): void => {
  if (!res.headersSent) res.writeHead(200, TAKEN).end('{}');
};

/** A body that was not read to its end: this connection cannot carry another post. */
const refuse = (req: IncomingMessage, res: ServerResponse, { status, code, retryAfter }: Problem): void => {
  if (res.headersSent) return;
  const body = JSON.stringify({ type: 'about:blank', title: STATUS_CODES[status], status, code });
  res.writeHead(status, {
    'Content-Type': 'application/problem+json',
    'Content-Length': Buffer.byteLength(body),
    ...(retryAfter !== undefined && { 'Retry-After': retryAfter }),
    ...(!req.complete && { Connection: 'close' }),
  });
  res.end(body);
};

export const createHooks = ({ log, answerWithin }: HooksParts): Hooks => {
  const hooks = new Map<string, Hook>();

  const take = async (hook: Hook, req: IncomingMessage, res: ServerResponse): Promise<void> => {
    if (!hook.believes(req.headers)) throw new Refusal(401, 'wrong-secret');
    const body = await bodyOf(req, hook.limit);
    const late = () => refuse(req, res, { status: 503, code: 'timeout', retryAfter: COME_AGAIN });
    const timer = setTimeout(late, answerWithin);
    await hook.take(body).finally(() => clearTimeout(timer));
    answer(res);
  };

  const failed = (error: unknown, req: IncomingMessage, res: ServerResponse): void => {
    const problem = problemOf(error);
    // 503 is the store's own trouble, told there.
    const level = problem.status === 500 ? 'error' : problem.status > 500 ? 'warn' : 'debug';
    const line = { req: randomUUID(), method: req.method, route: req.url, status: problem.status };
    log[level]({ ...line, ...(problem.status >= 500 && { err: error }) }, 'request failed');
    refuse(req, res, problem.status === 503 ? { ...problem, retryAfter: COME_AGAIN } : problem);
  };

  return {
    add: (path, hook) => void hooks.set(path, hook),
    serve: (req, res) => {
      const hook = req.method === 'POST' ? hooks.get(req.url ?? '') : undefined;
      if (hook === undefined) return false;
      void take(hook, req, res).catch((error: unknown) => failed(error, req, res));
      return true;
    },
  };
};
