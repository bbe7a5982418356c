import { execFile } from 'node:child_process';
import { rmSync } from 'node:fs';
import { promisify } from 'node:util';

type Env = Readonly<Record<string, string>>;

/** What makes a process's clock wrong by so many ms. */
export type Skew = (ms: number) => Env;

const MISSING =
  'No clock can be wrong here: faketime is not installed. Install it (Debian: apt-get install faketime), ' +
  'or say --no-skew to run with right clocks.';

/**
 * Debian's `faketime`, without its wrapper, which a SIGKILL would not go through.
 * @throws Error with a sentence how to come by it: a run whose clocks were right proves nothing about wrong ones
 */
export const findSkew = async (): Promise<Skew> => {
  try {
    const { stdout } = await promisify(execFile)('faketime', ['-f', '+0s', 'printenv', 'LD_PRELOAD']);
    return (ms) => ({
      LD_PRELOAD: stdout.trim(),
      FAKETIME: `${ms < 0 ? '-' : '+'}${Math.abs(ms) / 1_000}s`,
      FAKETIME_DONT_FAKE_MONOTONIC: '1',
    });
  } catch (cause) {
    throw new Error(MISSING, { cause });
  }
};

/** A process that is killed leaves its shared memory behind. */
export const cleanAfter = (pid: number): void => {
  for (const name of [`faketime_shm_${pid}`, `sem.faketime_sem_${pid}`])
    rmSync(`/dev/shm/${name}`, { force: true });
};
