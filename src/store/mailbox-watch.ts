import { ChangeWatch } from './change-watch.ts';
import type { Collections } from './collections.ts';

/**
 * Tells which mailbox got something, whichever process put it there. One change stream per process; a listener
 * may be called without need, and after a gap is called with undefined: every box may have changed.
 */
export class MailboxWatch {
  readonly #watch: ChangeWatch;

  constructor(collection: Collections['mailboxes'], listener: (box: string | undefined) => void) {
    this.#watch = new ChangeWatch(collection, ['insert', 'update'], listener);
    this.#watch.start();
  }

  close(): Promise<void> {
    return this.#watch.stop();
  }
}
