import type { RequestHandler } from 'express';
import type { Refuse } from './refuse.ts';

/**
 * Answers 503 when nothing was answered for so long. The clock starts when the request has arrived: how long
 * somebody may take to send it is the server's `requestTimeout`, because a photo over 2G takes a minute.
 */
export const deadline =
  (ms: number, refuse: Refuse): RequestHandler =>
  (req, res, next) => {
    let timer: NodeJS.Timeout | undefined;
    const start = (): void => {
      if (res.writableEnded) return; // answered before the body had come
      timer = setTimeout(() => {
        if (!res.headersSent) refuse(req, res, { status: 503, code: 'timeout', retryAfter: 10 });
      }, ms);
    };
    if (req.headers['content-length'] === undefined && req.headers['transfer-encoding'] === undefined)
      start();
    else req.once('end', start);
    res.once('close', () => clearTimeout(timer));
    next();
  };
