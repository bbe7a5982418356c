import { setTimeout as sleep } from 'node:timers/promises';
import { isAway } from '../store/errors.ts';
import { SendError } from './outgoing.ts';

/** ms a send may take. A platform that says nothing for so long is tried again. */
export const SEND_DEADLINE = 20_000;

const FIRST_WAIT = 1_000;

/** What is no refusal of a platform, no deadline, and no database that is away: a fault of our own. */
export const UNEXPECTED = 'unexpected';

class DeadlineError extends Error {
  override readonly name = 'DeadlineError';
}

/** Why a send failed, as the outbox sees it. */
export interface Fault {
  readonly code: string;
  readonly retryable: boolean;
  /** It may have arrived all the same. */
  readonly doubtful: boolean;
  /** The platform wants less, of everybody or in this chat; the message itself is well. */
  readonly throttled: boolean;
  /** Seconds to wait, where the platform said so. */
  readonly retryAfter?: number;
}

/** What is not a `SendError` is a fault of ours or of the line: worth another attempt. */
export const faultOf = (error: unknown): Fault => {
  if (!(error instanceof SendError)) {
    const late = error instanceof DeadlineError;
    const code = late ? 'deadline' : isAway(error) ? 'database' : UNEXPECTED;
    return { code, retryable: true, doubtful: late, throttled: false };
  }
  const { code, retryable, retryAfter, doubtful } = error;
  const throttled = error.fault === 'throttled';
  return { code, retryable, throttled, doubtful, ...(retryAfter === undefined ? {} : { retryAfter }) };
};

/** When to try again: doubling from a second to the longest (ms) with jitter, or when the platform says, but not at once. */
export const retryAt = (now: number, attempt: number, { retryAfter }: Fault, longest: number): number => {
  const jitter = 0.5 + Math.random() / 2;
  if (retryAfter !== undefined) return now + Math.max(retryAfter * 1000, FIRST_WAIT * jitter);
  return now + Math.min(longest, FIRST_WAIT * 2 ** (attempt - 1)) * jitter;
};

/** The send's own end, or a `DeadlineError` when it takes too long; its late end is then ignored. */
export const withinDeadline = async <T>(sending: Promise<T>, deadline = SEND_DEADLINE): Promise<T> => {
  const ended = new AbortController();
  const late = async (): Promise<never> => {
    await sleep(deadline, undefined, { signal: ended.signal });
    throw new DeadlineError(`not sent within ${deadline} ms`);
  };
  try {
    return await Promise.race([sending, late()]);
  } finally {
    ended.abort();
  }
};
