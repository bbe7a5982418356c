/**
 * Ends waits early, once and for all. Whoever waits is forgotten with its answer: a race against one promise that lives
 * as long as the process would leave a few hundred bytes on it for every row.
 */
export class Closing {
  readonly #waiting = new Set<() => void>();
  #closed = false;

  /** How many wait now. */
  get waiting(): number {
    return this.#waiting.size;
  }

  close(): void {
    this.#closed = true;
    for (const leave of this.#waiting) leave();
  }

  /** What the task brings; `early` when it is closed before that. */
  async before<T>(task: Promise<T>, early: T): Promise<T> {
    let leave = (): void => undefined;
    const closed = new Promise<T>((resolve) => {
      leave = () => resolve(early);
    });
    if (this.#closed) leave();
    this.#waiting.add(leave);
    try {
      return await Promise.race([task, closed]);
    } finally {
      this.#waiting.delete(leave);
    }
  }
}
