import type { Response } from 'express';
import { Refusal } from '../../web/refusal.ts';
import type { WebLimits, WebParts } from './parts.ts';
import type { Reader } from './reader.ts';
import { type LiveStream, openStream } from './stream.ts';

/** The open live streams of this process. */
export interface Streams {
  /** @throws Refusal when this browser, or the process, has too many already */
  open(address: string, res: Response, reader: Reader): void;
  endAll(): void;
}

export const createStreams = (web: WebParts, limits: WebLimits): Streams => {
  const open = new Set<LiveStream>();
  const perSession = new Map<string, number>();
  const count = (address: string, by: 1 | -1): void => {
    const left = (perSession.get(address) ?? 0) + by;
    if (left > 0) perSession.set(address, left);
    else perSession.delete(address);
  };
  return {
    open: (address, res, reader) => {
      if (open.size >= limits.streams) throw new Refusal(503, 'busy', 30);
      if ((perSession.get(address) ?? 0) >= limits.streamsPerSession) throw new Refusal(429, 'too-many', 30);
      const trouble = (err: unknown) =>
        web.log.warn({ err }, 'live stream ended: the mailbox cannot be read');
      const stream = openStream(res, reader, trouble, web.beatEvery);
      const unwatch = web.mailbox.watch(web.chatOf(address), stream.wake);
      open.add(stream);
      count(address, 1);
      res.on('close', () => {
        unwatch();
        open.delete(stream);
        count(address, -1);
      });
      stream.wake();
    },
    endAll: () => {
      for (const stream of open) stream.end();
    },
  };
};
