import { Overloaded } from '../../store/errors.ts';
import type { Waiting } from './waiting.ts';

/** Some two seconds of work at the speed measured; whoever comes after that would rather come again. */
const MAX_WAITING = 5_000;
/** Nobody types that fast: one chat that floods must not fill the room of the others. */
const MAX_PER_CHAT = 256;
/** Bounds how long one commit of one chat takes. */
const MAX_TOGETHER = 64;

export type NonEmpty = readonly [Waiting, ...Waiting[]];

/** Takes the first of the events and settles them; says how many. None: they are to be looked at anew. Never rejects. */
export type Handle = (events: NonEmpty) => Promise<number>;

/** What waits, by chat: each chat one turn at a time, in the order of arrival; all chats side by side. */
export class Queues {
  readonly #handle: Handle;
  readonly #maxWaiting: number;
  readonly #chats = new Map<string, Waiting[]>();
  readonly #whenIdle: (() => void)[] = [];
  #waiting = 0;

  constructor(handle: Handle, maxWaiting = MAX_WAITING) {
    this.#handle = handle;
    this.#maxWaiting = maxWaiting;
  }

  /** Throws `Overloaded`: it was not taken. */
  add(waiting: Waiting): void {
    const queue = this.#chats.get(waiting.chat);
    if (this.#waiting >= this.#maxWaiting) throw new Overloaded('Too many messages are waiting.');
    if ((queue?.length ?? 0) >= MAX_PER_CHAT)
      throw new Overloaded('Too many messages of this chat are waiting.');
    this.enter(waiting);
  }

  /** Adds what was taken before, to another queue: it is not turned away any more. */
  enter(waiting: Waiting): void {
    const queue = this.#chats.get(waiting.chat);
    this.#waiting += 1;
    if (queue) queue.push(waiting);
    else this.#start(waiting);
  }

  /** Resolves when nothing waits. */
  idle(): Promise<void> {
    return this.#chats.size === 0
      ? Promise.resolve()
      : new Promise((resolve) => this.#whenIdle.push(resolve));
  }

  #start(waiting: Waiting): void {
    const queue = [waiting];
    this.#chats.set(waiting.chat, queue);
    void this.#run(waiting.chat, queue);
  }

  async #run(chat: string, queue: Waiting[]): Promise<void> {
    for (let [first] = queue; first; [first] = queue) {
      const taken = await this.#handle([first, ...queue.slice(1, MAX_TOGETHER)]);
      queue.splice(0, taken);
      this.#waiting -= taken;
    }
    this.#chats.delete(chat); // in the same breath as the last look: nothing can be added in between
    if (this.#chats.size === 0) for (const tell of this.#whenIdle.splice(0)) tell();
  }
}
