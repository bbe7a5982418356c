import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { Refusal } from './refusal.ts';

export interface Rate {
  /** How many in `seconds`. */
  readonly points: number;
  readonly seconds: number;
}

/** Counts one more for this key. @throws Refusal 429 that says how long to wait */
export type Limit = (key: string) => Promise<void>;

/** In memory: it protects this process, and a restart that forgets it does no harm. */
export const createLimit = ({ points, seconds }: Rate): Limit => {
  const limiter = new RateLimiterMemory({ points, duration: seconds });
  return async (key) => {
    try {
      await limiter.consume(key);
    } catch (spent) {
      if (!(spent instanceof RateLimiterRes)) throw spent;
      throw new Refusal(429, 'too-many', Math.max(1, Math.ceil(spent.msBeforeNext / 1000)));
    }
  };
};

/** Whom an address stands for: one IPv4 host, or the /64 that one IPv6 customer is given. */
export const limitKey = (ip: string | undefined): string => {
  if (ip === undefined) return 'unknown';
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(ip)?.[1];
  if (mapped !== undefined || !ip.includes(':')) return mapped ?? ip;
  const [head = ''] = ip.split('::');
  const groups = head === '' ? [] : head.split(':');
  return [...groups, '0', '0', '0', '0'].slice(0, 4).join(':');
};
