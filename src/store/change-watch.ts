import type { mongo } from 'mongoose';

/** The stream broke for good (the driver resumes what it can itself): look again after this. */
const REOPEN_MS = 1_000;

type Watched = Pick<mongo.Collection<never>, 'watch'>;

/**
 * Says that something may have changed in a collection, whichever process did it, and in which document. The
 * listener may be called without need, and is called without a document after every gap; it has to look for itself.
 */
export class ChangeWatch {
  readonly #collection: Watched;
  readonly #operations: readonly string[];
  readonly #listener: (id: string | undefined) => void;
  #stream: ReturnType<Watched['watch']> | undefined;
  #timer: NodeJS.Timeout | undefined;
  #closed = false;

  /** @param operations which kinds of change count: 'insert', 'update', 'replace', 'delete' */
  constructor(
    collection: Watched,
    operations: readonly string[],
    listener: (id: string | undefined) => void,
  ) {
    this.#collection = collection;
    this.#operations = operations;
    this.#listener = listener;
  }

  start(): void {
    const ids = [
      { $match: { operationType: { $in: [...this.#operations] } } },
      { $project: { documentKey: 1 } },
    ];
    this.#stream = this.#collection.watch(ids);
    this.#stream.on('change', (change) => {
      this.#listener('documentKey' in change ? String(change.documentKey._id) : undefined);
    });
    this.#stream.once('error', () => this.#reopen());
  }

  async stop(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#timer);
    await this.#stream?.close();
  }

  #reopen(): void {
    if (this.#closed) return;
    this.#stream?.close().catch(() => undefined); // it is broken already
    this.#timer = setTimeout(() => {
      this.start();
      this.#listener(undefined);
    }, REOPEN_MS);
  }
}
