import { type ChildProcess, spawn } from 'node:child_process';
import type { WriteStream } from 'node:fs';
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
  /** It does not die there but stops, until somebody lets it go on. */
  readonly stops?: boolean;
}

export interface InstanceParts {
  readonly env: Readonly<Record<string, string>>;
  readonly logFile: string;
  /** What it runs; the whole app when not given. */
  readonly entry?: string;
  /** By what it killed itself. */
  readonly onCrash: (name: string) => void;
  /** By what it stopped itself. */
  readonly onStop?: (name: string) => void;
  /** It ended though nobody killed it. */
  readonly onEnd: (how: string) => void;
  /** There is no such process any more. */
  readonly onGone?: (pid: number) => void;
}

/** A process, from its loading to its end. */
export interface Loaded {
  readonly child: ChildProcess;
  readonly ended: Promise<void>;
  readonly stopped: Promise<void>;
}

type Told = Pick<InstanceParts, 'onCrash' | 'onStop'>;

/** Logs what it says; resolves when it says that it stops. */
const watch = (child: ChildProcess, log: WriteStream, { onCrash, onStop }: Told): Promise<void> =>
  new Promise((resolve) => {
    child.stdout?.on('data', (chunk) => {
      log.write(chunk);
      const [, how, name] = /^(crashed|stopped) (\S+)$/m.exec(String(chunk)) ?? [];
      if (name === undefined) return;
      if (how === 'crashed') return onCrash(name);
      onStop?.(name);
      resolve();
    });
    child.stderr?.on('data', (chunk) => log.write(chunk));
  });

/** Has its libraries loaded, and waits for the word to begin. */
export const load = (parts: InstanceParts, log: WriteStream): Loaded => {
  const { env, entry = ENTRY, onGone } = parts;
  const child = spawn(process.execPath, [entry], {
    cwd: ROOT,
    env: { PATH: process.env.PATH ?? '', ...env },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  const stopped = watch(child, log, parts);
  const ended = new Promise<void>((resolve) =>
    child.on('exit', () => {
      onGone?.(child.pid ?? 0);
      resolve();
    }),
  );
  return { child, ended, stopped };
};

/** Says the word; resolves when it takes requests, with false when it died before. */
export const begin = ({ child }: Loaded, armed: Armed | undefined): Promise<boolean> =>
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
