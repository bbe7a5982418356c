import type { ActivityOut } from './activity.ts';

/** Replies of one turn come within milliseconds of each other. */
const QUIET = 300;
/** The channel gives up after 15 s. */
const MOST = 10_000;

/** Replies somebody waits for in the very request (`deliveryMode: expectReplies`): a tool for tests. */
export interface Collectors {
  /** Collects from now on what is sent to this address; `done` resolves when it has been quiet for a while. */
  open(address: string): { done(): Promise<readonly ActivityOut[]>; close(): void };
  /** Whether somebody took it. */
  take(address: string, activity: ActivityOut): boolean;
}

const createCollector = () => {
  const taken: ActivityOut[] = [];
  let wake = (): void => undefined;
  return {
    taken,
    add: (activity: ActivityOut) => {
      taken.push(activity);
      wake();
    },
    /** True when something came, false when the time was over. */
    next: (ms: number) =>
      new Promise<boolean>((resolve) => {
        const timer = setTimeout(() => resolve(false), ms);
        wake = () => {
          clearTimeout(timer);
          resolve(true);
        };
      }),
  };
};

type Collector = ReturnType<typeof createCollector>;

const untilQuiet = async ({ taken, next }: Collector, quiet: number, most: number): Promise<void> => {
  const deadline = performance.now() + most;
  for (;;) {
    const left = deadline - performance.now();
    if (left <= 0 || !(await next(taken.length === 0 ? left : Math.min(quiet, left)))) return;
  }
};

export const createCollectors = (quiet = QUIET, most = MOST): Collectors => {
  const open = new Map<string, Collector>();
  return {
    open: (address) => {
      const collector = createCollector();
      open.set(address, collector);
      const close = (): void => {
        if (open.get(address) === collector) open.delete(address);
      };
      return {
        close,
        done: async () => {
          await untilQuiet(collector, quiet, most).finally(close);
          return collector.taken;
        },
      };
    },
    take: (address, activity) => {
      const collector = open.get(address);
      collector?.add(activity);
      return collector !== undefined;
    },
  };
};
