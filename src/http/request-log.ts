import { randomUUID } from 'node:crypto';
import type { Request, RequestHandler } from 'express';
import type { Logger } from 'pino';

/** The route as it is written in the code: an address may carry a token, a code or somebody's question. */
const routeOf = (req: Request): string => {
  const route: unknown = req.route;
  const path = typeof route === 'object' && route !== null && 'path' in route ? route.path : undefined;
  return typeof path === 'string' ? path : '-';
};

/** Gives each request an id of ours and writes one line when it is done: no address, no cookie, no query. */
export const requestLog =
  (log: Logger): RequestHandler =>
  (req, res, next) => {
    const begun = performance.now();
    const id = randomUUID();
    res.locals.id = id;
    res.set('X-Request-Id', id);
    res.on('close', () => {
      const ms = Math.round(performance.now() - begun);
      const line = { req: id, method: req.method, route: routeOf(req), status: res.statusCode, ms };
      log[res.statusCode >= 500 ? 'warn' : 'debug'](
        line,
        res.writableFinished ? 'request' : 'request cut off',
      );
    });
    next();
  };
