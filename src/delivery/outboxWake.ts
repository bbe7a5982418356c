/** Lets workers sleep until something happens, without missing what happened while they looked. */
export class Wake {
  #count = 0;
  #closed = false;
  #sleeping: (() => void)[] = [];

  /** How often it was woken; to be read before looking for work. */
  get count(): number {
    return this.#count;
  }

  get closed(): boolean {
    return this.#closed;
  }

  all(): void {
    this.#count += 1;
    const sleeping = this.#sleeping;
    this.#sleeping = [];
    for (const wake of sleeping) wake();
  }

  /** Resolves at the next wake; at once when there was one since `seen`. */
  after(seen: number): Promise<void> {
    if (this.#closed || this.#count !== seen) return Promise.resolve();
    return new Promise((resolve) => this.#sleeping.push(resolve));
  }

  close(): void {
    this.#closed = true;
    this.all();
  }
}

/** Calls at once, and during a flood of calls again every so many ms; the last one is never left out. */
export const atMostEvery = (ms: number, act: () => void) => {
  let timer: NodeJS.Timeout | undefined;
  let again = false;
  const call = (): void => {
    again = timer !== undefined;
    if (again) return;
    act();
    timer = setTimeout(() => {
      timer = undefined;
      if (again) call();
    }, ms);
  };
  return { call, stop: () => clearTimeout(timer) };
};
