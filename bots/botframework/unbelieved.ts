import type { Logger } from 'pino';

/** Anybody can post what nobody believes; the log must not grow at their pace (ms). */
const EVERY = 60_000;

/** Says in the log that posts were not believed: one warning a minute, which counts those since the last one. */
export const createUnbelieved = (log: Logger, now: () => number): ((code: string) => void) => {
  let warned = Number.NEGATIVE_INFINITY;
  let count = 0;
  return (code) => {
    count += 1;
    const about = { channel: 'botframework', code, count };
    if (now() - warned < EVERY) return log.debug(about, 'a post was not believed');
    log.warn(about, 'posts were not believed');
    warned = now();
    count = 0;
  };
};
