import { type ChildProcess, spawn } from 'node:child_process';
import { createWriteStream, type WriteStream } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { CrashPoint } from '../../../src/store/crash-point.ts';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const ENTRY = fileURLToPath(new URL('server.mjs', import.meta.url));
/** Three processes that start at once on a machine of two cores that has much else to do. */
const STARTS_WITHIN = 180_000;

export interface Armed {
  /** By which it is told. */
  readonly name: string;
  readonly point: CrashPoint;
  /** Dies when it passes there for the n-th time, so many ms later. */
  readonly passes: number;
  readonly delay: number;
}

/** One server process, which is killed and started again on the same port. */
export interface Instance {
  /** Resolves when it takes requests; false when it died before. `last`: none will follow it. */
  start(armed?: Armed, last?: boolean): Promise<boolean>;
  kill(): Promise<void>;
  pause(): void;
  resume(): void;
  /** Resolves with true when it died within so many ms. */
  died(within: number): Promise<boolean>;
  /** Nothing of it is left. */
  end(): Promise<void>;
}

export interface InstanceParts {
  readonly env: Readonly<Record<string, string>>;
  readonly logFile: string;
  /** What it runs; the whole app when not given. */
  readonly entry?: string;
  /** By what it killed itself. */
  readonly onCrash: (name: string) => void;
  /** It ended though nobody killed it. */
  readonly onEnd: (how: string) => void;
  /** There is no such process any more. */
  readonly onGone?: (pid: number) => void;
}

/** A process, from its loading to its end. */
interface Life {
  readonly child: ChildProcess;
  readonly ended: Promise<void>;
}

const watch = (child: ChildProcess, log: WriteStream, onCrash: (name: string) => void): void => {
  child.stdout?.on('data', (chunk) => {
    log.write(chunk);
    const [, name] = /^crashed (\S+)$/m.exec(String(chunk)) ?? [];
    if (name !== undefined) onCrash(name);
  });
  child.stderr?.on('data', (chunk) => log.write(chunk));
};

/** Has its libraries loaded, and waits for the word to begin. */
const load = ({ env, entry = ENTRY, onCrash, onGone }: InstanceParts, log: WriteStream): Life => {
  const child = spawn(process.execPath, [entry], {
    cwd: ROOT,
    env: { PATH: process.env.PATH ?? '', ...env },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  watch(child, log, onCrash);
  const ended = new Promise<void>((resolve) =>
    child.on('exit', () => {
      onGone?.(child.pid ?? 0);
      resolve();
    }),
  );
  return { child, ended };
};

/** Says the word; resolves when it takes requests, with false when it died before. */
const begin = ({ child }: Life, armed: Armed | undefined): Promise<boolean> =>
  new Promise((resolve, reject) => {
    const late = setTimeout(() => reject(new Error('a server process did not start')), STARTS_WITHIN);
    const settle = (up: boolean): void => {
      clearTimeout(late);
      resolve(up);
    };
    if (child.exitCode !== null || child.signalCode !== null) return settle(false);
    child.on('message', () => settle(true)).on('exit', () => settle(false));
    child.send({ armed }, () => undefined); // one that dies meanwhile says so by its exit
  });

export const createInstance = (parts: InstanceParts): Instance => {
  const log = createWriteStream(parts.logFile, { flags: 'a' });
  let life: Life | undefined;
  /** The next one loads while this one lives: loading is most of what a start costs. */
  let spare: Life | undefined;

  const start = async (armed?: Armed, last = false): Promise<boolean> => {
    const next = spare ?? load(parts, log);
    spare = undefined;
    life = next;
    if (!(await begin(next, armed))) return false;
    next.child.on('exit', (code, signal) => signal !== 'SIGKILL' && parts.onEnd(`${code ?? signal}`));
    if (!last) spare = load(parts, log);
    return true;
  };
  const kill = async (one: Life | undefined): Promise<void> => {
    one?.child.kill('SIGKILL');
    await one?.ended;
  };
  return {
    start,
    kill: () => kill(life),
    pause: () => void life?.child.kill('SIGSTOP'),
    resume: () => void life?.child.kill('SIGCONT'),
    died: async (within) => {
      const ended = (life?.ended ?? Promise.resolve()).then(() => true);
      return Promise.race([ended, pause(within, false)]);
    },
    end: async () => {
      await Promise.all([kill(life), kill(spare)]);
      log.end();
    },
  };
};
