import type { Response } from 'express';
import type { Reader } from './reader.ts';
import type { Drawn } from './transcript.ts';

/** Shorter than the idle time of the usual proxies (60 s), and seen by the page, which misses it when it stops. */
const BEAT_EVERY = 20_000;
/** After a restart pages come back spread over this time, not all at once (ms). */
const RETRY_FROM = 1_000;
const RETRY_SPREAD = 3_000;

export interface LiveStream {
  /** Something may have come. */
  wake(): void;
  end(): void;
}

const event = ({ id, markup }: Drawn): string =>
  `id: ${id}\nevent: said\ndata: ${JSON.stringify({ html: markup.markup })}\n\n`;

/**
 * Sends what a reader finds as server-sent events, one look at a time, until either side ends it. When a look
 * fails (the database is away) the stream ends: the page comes back by itself and resumes where it was.
 */
export const openStream = (
  res: Response,
  reader: Reader,
  onTrouble: (error: unknown) => void,
  beatEvery = BEAT_EVERY,
): LiveStream => {
  let looking = false;
  let again = false;
  const end = (): void => {
    clearInterval(beat);
    if (!res.writableEnded) res.end();
  };
  const look = async (): Promise<void> => {
    for (const drawn of await reader.next()) res.write(event(drawn));
  };
  const wake = (): void => {
    again = true;
    if (looking || res.writableEnded) return;
    looking = true;
    again = false;
    look().then(
      () => {
        looking = false;
        if (again) wake();
      },
      (error: unknown) => {
        end();
        onTrouble(error);
      },
    );
  };
  res.status(200).set({
    'Content-Type': 'text/event-stream; charset=utf-8',
    'Cache-Control': 'no-store, no-transform',
    'X-Accel-Buffering': 'no',
  });
  res.write(`retry: ${RETRY_FROM + Math.floor(Math.random() * RETRY_SPREAD)}\n\n`);
  const beat = setInterval(() => res.write('event: beat\ndata: \n\n'), beatEvery);
  res.on('close', () => clearInterval(beat));
  return { wake, end };
};
