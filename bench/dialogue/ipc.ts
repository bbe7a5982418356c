import { type ChildProcess, fork } from 'node:child_process';

/** Questions a process of the bench answers, by name. */
type Handlers = Readonly<Record<string, (args: never) => Promise<unknown>>>;

interface Asked {
  readonly id: number;
  readonly ask: string;
  readonly args: unknown;
}

type Told =
  | { readonly ready: unknown }
  | { readonly id: number; readonly answer: unknown }
  | { readonly id: number; readonly error: string };

/** In the child: says that it is up, then answers; ends when the parent is gone. */
export const answer = (ready: unknown, handlers: Handlers, end: () => Promise<void>): void => {
  process.on('message', async ({ id, ask, args }: Asked) => {
    try {
      const handle = handlers[ask];
      if (handle === undefined) throw new Error(`nobody answers ${ask}`);
      const given = await handle(args as never);
      process.send?.({ id, answer: given ?? null }); // undefined would not arrive
    } catch (error) {
      process.send?.({ id, error: error instanceof Error ? (error.stack ?? error.message) : String(error) });
    }
  });
  process.on('disconnect', () => void end().finally(() => process.exit()));
  process.send?.({ ready });
};

export interface Child<Ready> {
  readonly pid: number;
  readonly ready: Ready;
  ask<T>(what: string, args?: unknown): Promise<T>;
  /** Ends it as it ends by itself when its parent is gone. */
  end(): Promise<void>;
}

/** Starting takes seconds, the first time of all some more (ms). */
const START_WITHIN = 60_000;

export interface ChildOptions {
  readonly env?: Readonly<Record<string, string>>;
  /** Of Node itself. */
  readonly flags?: readonly string[];
  /** What it prints is thrown away: a log is written, and nobody reads it. */
  readonly quiet?: boolean;
}

/** Starts a program with a line to it; resolves when it says that it is ready. */
export const startChild = <Ready>(
  file: string,
  { env, flags = [], quiet }: ChildOptions,
): Promise<Child<Ready>> => {
  const child = fork(file, {
    env: { ...process.env, ...env },
    execArgv: [...flags],
    stdio: ['ignore', quiet ? 'ignore' : 'inherit', 'inherit', 'ipc'],
  });
  const waiting = new Map<number, (told: Told) => void>();
  return new Promise((resolve, reject) => {
    const late = setTimeout(() => reject(new Error(`${file} did not start`)), START_WITHIN);
    child.on('message', (told: Told) => {
      if ('id' in told) return waiting.get(told.id)?.(told);
      clearTimeout(late);
      resolve(lineTo<Ready>(child, told.ready as Ready, waiting));
    });
    child.once('exit', (code, signal) => {
      const error = `${file} ended (${code ?? signal})`;
      clearTimeout(late);
      reject(new Error(error));
      for (const [id, tell] of waiting) tell({ id, error });
    });
  });
};

const lineTo = <Ready>(
  child: ChildProcess,
  ready: Ready,
  waiting: Map<number, (told: Told) => void>,
): Child<Ready> => {
  let next = 0;
  return {
    pid: child.pid ?? 0,
    ready,
    ask: <T>(ask: string, args?: unknown) =>
      new Promise<T>((resolve, reject) => {
        next += 1;
        const id = next;
        waiting.set(id, (told) => {
          waiting.delete(id);
          if ('error' in told) reject(new Error(told.error));
          else if ('answer' in told) resolve(told.answer as T);
        });
        child.send({ id, ask, args });
      }),
    end: () =>
      new Promise((resolve) => {
        if (child.exitCode !== null || child.signalCode !== null) return resolve();
        child.once('exit', () => resolve());
        child.disconnect();
      }),
  };
};
