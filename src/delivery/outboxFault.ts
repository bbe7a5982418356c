import { setTimeout as sleep } from 'node:timers/promises';
import { SendError } from './outgoing.ts';

/** ms a send may take. A platform that says nothing for so long is tried again. */
export const SEND_DEADLINE = 20_000;

const FIRST_WAIT = 1_000;

/** What is no refusal of a platform and no deadline: a fault of our own. */
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
    return { code: late ? 'deadline' : UNEXPECTED, retryable: true, doubtful: late, throttled: false };
  }
  const { code, retryable, retryAfter, doubtful } = error;
  const throttled = error.fault === 'throttled';
  return { code, retryable, throttled, doubtful, ...(retryAfter === undefined ? {} : { retryAfter }) };
};

/** When to try again: doubling from a second to the longest (ms) with jitter, or when the platform says. */
export const retryAt = (now: number, attempt: number, { retryAfter }: Fault, longest: number): number => {
  if (retryAfter !== undefined) return now + retryAfter * 1000;
  const wait = Math.min(longest, FIRST_WAIT * 2 ** (attempt - 1));
  return now + wait * (0.5 + Math.random() / 2);
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
