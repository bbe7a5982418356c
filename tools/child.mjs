/** Runs other programs, and leaves none behind. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';

/** More than any sentence needs of what a failed program printed. */
const KEEP = 64 * 1024;

/** @type {Set<import('node:child_process').ChildProcess>} */
const living = new Set();

/**
 * @typedef {{ code: number | null, output: string, stdout: string }} Ended
 * @typedef {{ cwd?: string, env?: NodeJS.ProcessEnv, silenceMs?: number }} Options
 */

/**
 * Resolves when the program has ended, however it ended; rejects only when it could not be started. A program that
 * prints nothing for `silenceMs` is killed.
 * It leads a process group of its own, so that what it started can be ended with it.
 * @param {string} program
 * @param {string[]} args
 * @param {Options} [options]
 * @returns {Promise<Ended>}
 */
export async function run(program, args, { silenceMs, ...options } = {}) {
  const child = spawn(program, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'], detached: true });
  const watchdog = silenceMs === undefined ? undefined : setTimeout(endGroup, silenceMs, child, 'SIGKILL');
  const said = { output: '', stdout: '' };
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (/** @type {Buffer} */ chunk) => {
      watchdog?.refresh();
      said.output = (said.output + chunk).slice(-KEEP);
      if (stream === child.stdout) said.stdout = (said.stdout + chunk).slice(-KEEP);
    });
  }
  living.add(child);
  try {
    const [code] = await once(child, 'close'); // rejects when the program could not be started
    return { code, ...said };
  } finally {
    clearTimeout(watchdog);
    living.delete(child);
  }
}

/**
 * @param {import('node:child_process').ChildProcess} child
 * @param {NodeJS.Signals} signal
 */
function endGroup(child, signal) {
  try {
    if (child.pid) process.kill(-child.pid, signal);
  } catch {
    // ended by itself in this moment
  }
}

/**
 * While `work` runs, a signal to this process ends what it has started and then the process, as if it had not been
 * caught. Afterwards signals belong to whoever comes next.
 * @template T
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function endingChildren(work) {
  const end = (/** @type {NodeJS.Signals} */ signal) => {
    for (const child of living) endGroup(child, 'SIGTERM');
    forget();
    process.kill(process.pid, signal);
  };
  /** @type {NodeJS.Signals[]} */
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
  const forget = () => {
    for (const signal of signals) process.off(signal, end);
  };
  for (const signal of signals) process.on(signal, end);
  try {
    return await work();
  } finally {
    forget();
  }
}
