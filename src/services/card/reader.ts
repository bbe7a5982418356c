import { formatOf } from './format.ts';
import { IMAGE_BYTES_MAX, READ_MS, WAITING_MAX } from './limits.ts';
import { type CardProblem, type CardResult, refused } from './result.ts';
import { createReadingThread } from './thread.ts';

export interface CardReaderOptions {
  /** Milliseconds for one photo, without the time it waited. */
  readonly readMs?: number;
  /** Photos that may be under way or waiting. */
  readonly waitingMax?: number;
}

export interface CardReader {
  /**
   * Reads the citizen card whose QR is in a JPEG, PNG or WebP. The photo is written nowhere and forgotten when the
   * promise settles; it must not be changed before. Photos are read one after another in a thread of their own.
   * Rejects only for a fault of ours or after `close`.
   */
  read(image: Uint8Array): Promise<CardResult>;
  /** Stops the thread; what is still being read or waiting rejects. */
  close(): Promise<void>;
}

export function createCardReader({
  readMs = READ_MS,
  waitingMax = WAITING_MAX,
}: CardReaderOptions = {}): CardReader {
  const thread = createReadingThread(readMs);
  let waiting = 0;
  let last: Promise<unknown> = Promise.resolve();

  async function inTurn(image: Uint8Array, turn: Promise<unknown>): Promise<CardResult> {
    await turn.catch(() => undefined); // the fault of another photo is told to whoever sent that one
    return thread.read(image);
  }

  return {
    async read(image) {
      const problem = refusal(image) ?? (waiting >= waitingMax ? 'busy' : null);
      if (problem !== null) return refused(problem);
      waiting += 1;
      const result = inTurn(image, last).finally(() => {
        waiting -= 1;
      });
      last = result;
      return result;
    },
    close: thread.close,
  };
}

/** What can be told without decoding, so that nonsense costs no place in the queue. */
function refusal(image: Uint8Array): CardProblem | null {
  if (image.length > IMAGE_BYTES_MAX) return 'tooLarge';
  return formatOf(image) === null ? 'notAnImage' : null;
}
