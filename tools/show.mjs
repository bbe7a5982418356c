/** Runs a program in the foreground, at the same terminal. */
import { spawn } from 'node:child_process';
import { ROOT } from './root.mjs';

/** @typedef {{ onOutput?: (text: string) => void }} Options */

/**
 * Gives the exit code (1 when a signal ended it). A signal to this process goes on to the program, whose end is then
 * awaited: whatever it started, it must be able to put away. At a terminal it has Ctrl-C from there already.
 * @param {string} program
 * @param {string[]} args
 * @param {Options} [options] `onOutput` also gets what it prints
 * @returns {Promise<number>}
 */
export function show(program, args, { onOutput } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      cwd: ROOT,
      stdio: ['inherit', onOutput ? 'pipe' : 'inherit', 'inherit'],
    });
    child.stdout?.on('data', (chunk) => {
      process.stdout.write(chunk);
      onOutput?.(String(chunk));
    });
    const pass = (/** @type {NodeJS.Signals} */ signal) => child.kill(signal);
    const stay = () => undefined;
    process.on('SIGTERM', pass).on('SIGHUP', pass).on('SIGINT', stay);
    child.on('error', reject);
    child.on('close', (code) => {
      process.off('SIGTERM', pass).off('SIGHUP', pass).off('SIGINT', stay);
      resolve(code ?? 1);
    });
  });
}
