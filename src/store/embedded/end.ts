import { setTimeout as pause } from 'node:timers/promises';
import { isRunning } from '#processes';
import type { ProcessId } from './folder.ts';
import type { Mongod } from './mongod.ts';

/** A clean end takes well under a second; what hangs is cut off early enough to be gone within 10 s. */
const CLEAN_END_MS = 6_000;
const LOOK_AGAIN_MS = 20;

/** Ends a mongod whose owner died: cleanly, and by force when it hangs. What was journalled is safe either way. */
export async function endOrphan(orphan: ProcessId): Promise<void> {
  send(orphan, 'SIGTERM');
  const end = Date.now() + CLEAN_END_MS;
  while (isRunning(orphan)) {
    if (Date.now() > end) send(orphan, 'SIGKILL');
    await pause(LOOK_AGAIN_MS);
  }
}

function send(target: ProcessId, signal: NodeJS.Signals): void {
  try {
    if (isRunning(target)) process.kill(target.pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error; // it has just gone: what was wanted
  }
}

/** Ends our own mongod and its watcher. */
export async function endServer(server: Mongod): Promise<void> {
  const child = server.mongodProcess;
  if (child && child.exitCode === null && child.signalCode === null) {
    const force = setTimeout(() => child.kill('SIGKILL'), CLEAN_END_MS);
    child.kill('SIGTERM');
    await server.ended;
    clearTimeout(force);
  }
  await server.stop();
}
