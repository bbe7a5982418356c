/** Tells one process from another. A pid alone does not: the system gives it away again once it is free. */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/**
 * When the process with this pid started, in the system's own words (compare only for equality), or undefined
 * when there is none. A zombie counts as gone: it holds no file and no port.
 * @param {number} pid
 * @returns {string | undefined}
 */
export function startOf(pid) {
  const seen = look(pid);
  return seen?.state === 'Z' ? undefined : seen?.start;
}

/**
 * Has it been stopped by a signal?
 * @param {number} pid
 */
export function isStill(pid) {
  return look(pid)?.state === 'T';
}

/**
 * Is this very process (same pid, same start) still running?
 * @param {{ pid: number, start: string }} one
 */
export function isRunning(one) {
  return startOf(one.pid) === one.start;
}

/** This process, as others will look for it. */
export function thisProcess() {
  return { pid: process.pid, start: startOf(process.pid) ?? '' };
}

/** @param {number} pid */
const look = (pid) => (process.platform === 'linux' ? lookInProc(pid) : askPs(pid));

/** @param {number} pid */
function lookInProc(pid) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The second field is the command in brackets and may hold spaces and brackets of its own: count after the last.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    // A program of many threads is called a zombie while the last of them still hold its files and ports.
    const dying = fields[0] === 'Z' && Number(fields[17]) > 1;
    return { state: dying ? 'D' : (fields[0] ?? ''), start: fields[19] ?? '' };
  } catch {
    return undefined; // no such process
  }
}

/** @param {number} pid */
function askPs(pid) {
  const { stdout } = spawnSync('ps', ['-o', 'stat=,lstart=', '-p', String(pid)], { encoding: 'utf8' });
  const [state, ...start] = (stdout ?? '').trim().split(/\s+/);
  return state ? { state: state.charAt(0), start: start.join(' ') } : undefined;
}
