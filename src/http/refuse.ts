import { STATUS_CODES } from 'node:http';
import type { ErrorRequestHandler, Request, RequestHandler, Response } from 'express';
import type { Logger } from 'pino';
import { Refusal } from '../../web/refusal.ts';
import { langOf, type PageKit, problemPage } from './pages.ts';
import { type Problem, problemOf, titleKey } from './problem.ts';

/** Answers a request with a problem, as a page to a browser and as `application/problem+json` to a program. */
export type Refuse = (req: Request, res: Response, problem: Problem) => void;

/** The body was not read to its end: this connection cannot carry another request. */
const CUT_SHORT = new Set([408, 413]);

const wantsPage = (req: Request): boolean =>
  req.headers.accept?.includes('text/html') === true && req.accepts(['json', 'html']) === 'html';

export const createRefuse =
  (kit: PageKit): Refuse =>
  (req, res, problem) => {
    const { status, code, retryAfter } = problem;
    res.status(status).set('Cache-Control', 'no-store');
    if (retryAfter !== undefined) res.set('Retry-After', String(retryAfter));
    if (CUT_SHORT.has(status)) res.set('Connection', 'close');
    if (wantsPage(req)) {
      res.type('html').send(problemPage(kit, req, problem));
      return;
    }
    const title = kit.renderer.line(langOf(req), { key: titleKey(problem) });
    const body = { type: 'about:blank', title, status, code };
    res.type('application/problem+json').send(JSON.stringify(body));
  };

export const noSuchPage: RequestHandler = (_req, _res, next) => next(new Refusal(404, 'not-found'));

/** The last stop of every error: the right answer goes out, a mistake of ours goes into the log, nothing else. */
export const createErrorHandler =
  (refuse: Refuse, log: Logger): ErrorRequestHandler =>
  (error, req, res, _next) => {
    const problem = problemOf(error);
    const level = problem.status === 500 ? 'error' : 'warn'; // 503 is the store's own trouble, told there
    if (problem.status >= 500) log[level]({ err: error, req: res.locals.id }, 'request failed');
    if (!res.headersSent) refuse(req, res, problem);
    else if (!res.writableEnded) res.destroy(); // half an answer must not look like a whole one
  };

/** What Node's parser refuses never becomes a request; it gets its answer on the bare socket. */
export const rawProblem = (status: number, code: string): string => {
  const title = STATUS_CODES[status] ?? 'Error';
  const body = JSON.stringify({ type: 'about:blank', title, status, code });
  return [
    `HTTP/1.1 ${status} ${title}`,
    'Content-Type: application/problem+json',
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Connection: close',
    '',
    body,
  ].join('\r\n');
};
