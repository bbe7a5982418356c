import { execFile } from 'node:child_process';
import { rmSync } from 'node:fs';
import { promisify } from 'node:util';

type Env = Readonly<Record<string, string>>;

/**
 * What makes a process's clock wrong by so many ms: Debian's `faketime`, without its wrapper, which a SIGKILL would
 * not go through. Undefined where it is not installed.
 */
export const findSkew = async (): Promise<((ms: number) => Env) | undefined> => {
  try {
    const { stdout } = await promisify(execFile)('faketime', ['-f', '+0s', 'printenv', 'LD_PRELOAD']);
    return (ms) => ({
      LD_PRELOAD: stdout.trim(),
      FAKETIME: `${ms < 0 ? '-' : '+'}${Math.abs(ms) / 1_000}s`,
      FAKETIME_DONT_FAKE_MONOTONIC: '1',
    });
  } catch {
    return undefined;
  }
};

/** A process that is killed leaves its shared memory behind. */
export const cleanAfter = (pid: number): void => {
  for (const name of [`faketime_shm_${pid}`, `sem.faketime_sem_${pid}`])
    rmSync(`/dev/shm/${name}`, { force: true });
};
