/** One at a time, between processes: a file that names its owner. A dead owner's lock is taken over. */
import { randomUUID } from 'node:crypto';
import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { isRunning, thisProcess } from './processes.mjs';

/** How often a waiting process looks again: short beside what is guarded (seconds), long beside one look. */
const LOOK_AGAIN_MS = 100;

/**
 * Runs `work` while holding the lock; waits for a living owner as long as it lives.
 * @template T
 * @param {string} file
 * @param {() => Promise<T>} work
 * @param {(line: string) => void} [onWait] called once when somebody else holds it
 * @returns {Promise<T>}
 */
export async function withLock(file, work, onWait) {
  mkdirSync(dirname(file), { recursive: true });
  for (let waited = false; !tryLock(file); waited = true) {
    if (!waited) onWait?.('another start is doing this already; waiting for it');
    await pause(LOOK_AGAIN_MS);
  }
  try {
    return await work();
  } finally {
    rmSync(file, { force: true });
  }
}

/** A link to a finished file appears with its owner's name in it or not at all: no reader sees half a lock. */
function tryLock(/** @type {string} */ file) {
  const mine = `${file}.${randomUUID()}`;
  writeFileSync(mine, JSON.stringify(thisProcess()));
  try {
    linkSync(mine, file);
    return true;
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'EEXIST') throw error;
    return removeIfStale(file, mine);
  } finally {
    rmSync(mine, { force: true });
  }
}

/** Always false: whoever clears a stale lock competes for it anew. */
function removeIfStale(/** @type {string} */ file, /** @type {string} */ mine) {
  const seen = read(file);
  if (seen === undefined || ownerLives(seen)) return false;
  const aside = `${mine}.stale`;
  try {
    renameSync(file, aside);
    // Between the look and the rename somebody may have cleared it and locked: then it goes back where it was.
    if (read(aside) !== seen) linkSync(aside, file);
  } catch {
    // Gone or taken meanwhile: the next try sees what is there then.
  } finally {
    rmSync(aside, { force: true });
  }
  return false;
}

function ownerLives(/** @type {string} */ text) {
  try {
    const owner = JSON.parse(text);
    return isRunning({ pid: Number(owner.pid), start: String(owner.start) });
  } catch {
    return false; // not ours, or damaged: nobody can be behind it
  }
}

function read(/** @type {string} */ file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
