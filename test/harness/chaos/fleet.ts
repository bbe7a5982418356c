import { type ChildProcess, spawn } from 'node:child_process';
import { createWriteStream, type WriteStream } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { CrashPoint } from '../../../src/store/crash-point.ts';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const ENTRY = fileURLToPath(new URL('server.mjs', import.meta.url));
/** Three processes that start at once on a loaded machine of two cores. */
const STARTS_WITHIN = 60_000;

export interface Armed {
  readonly point: CrashPoint;
  /** Dies when it passes there for the n-th time, so many ms later. */
  readonly passes: number;
  readonly delay: number;
}

/** One server process, which is killed and started again on the same port. */
export interface Instance {
  /** Resolves when it takes requests; false when it died before. */
  start(armed?: Armed): Promise<boolean>;
  kill(): Promise<void>;
  pause(): void;
  resume(): void;
  /** Resolves with true when it died within so many ms. */
  died(within: number): Promise<boolean>;
  readonly running: boolean;
}

export interface InstanceParts {
  readonly env: Readonly<Record<string, string>>;
  readonly logFile: string;
  /** The point it killed itself at. */
  readonly onCrash: (point: string) => void;
}

const watch = (child: ChildProcess, log: WriteStream, onCrash: (point: string) => void): void => {
  child.stdout?.on('data', (chunk) => {
    log.write(chunk);
    const [, point] = /^crashed (\S+)$/m.exec(String(chunk)) ?? [];
    if (point !== undefined) onCrash(point);
  });
  child.stderr?.on('data', (chunk) => log.write(chunk));
};

export const createInstance = ({ env, logFile, onCrash }: InstanceParts): Instance => {
  const log = createWriteStream(logFile, { flags: 'a' });
  let child: ChildProcess | undefined;
  let ended: Promise<void> = Promise.resolve();

  const begin = (armed: Armed | undefined): ChildProcess => {
    const crash = armed && {
      CHAOS_CRASH: `${armed.point}:${armed.passes}`,
      CHAOS_DELAY: String(armed.delay),
    };
    return spawn(process.execPath, [ENTRY], {
      cwd: ROOT,
      env: { PATH: process.env.PATH ?? '', ...env, ...crash },
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
  };
  const start = (armed?: Armed): Promise<boolean> => {
    const started = begin(armed);
    child = started;
    watch(started, log, onCrash);
    ended = new Promise((resolve) => {
      started.on('exit', () => {
        if (child === started) child = undefined;
        resolve();
      });
    });
    return new Promise((resolve, reject) => {
      const late = setTimeout(() => reject(new Error('a server process did not start')), STARTS_WITHIN);
      const settle = (up: boolean): void => {
        clearTimeout(late);
        resolve(up);
      };
      started.on('message', () => settle(true)).on('exit', () => settle(false));
    });
  };
  return {
    start,
    kill: async () => {
      child?.kill('SIGKILL');
      await ended;
    },
    pause: () => void child?.kill('SIGSTOP'),
    resume: () => void child?.kill('SIGCONT'),
    died: (within) =>
      Promise.race([
        ended.then(() => true),
        new Promise<false>((resolve) => setTimeout(() => resolve(false), within)),
      ]),
    get running() {
      return child !== undefined;
    },
  };
};
