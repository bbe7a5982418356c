import { setTimeout as pause } from 'node:timers/promises';
import { isRunning, startOf, thisProcess } from '#processes';
import { endOrphan, endServer } from './end.ts';
import { FailureNotes } from './failure.ts';
import type { DataFolder } from './folder.ts';
import { launchMongod, type Mongod } from './mongod.ts';
import { freePort } from './port.ts';
import { alreadyRunning } from './problem.ts';
import { becomePrimary, uriOf } from './replica-set.ts';

/** The database that everything is in. */
const DATABASE = 'khaibao';
/** The watcher of a killed process looks every 2 s, and its mongod is gone a second later: who holds on longer, lives. */
const WAIT_FOR_LOCK_MS = 8_000;
const LOOK_AGAIN_MS = 250;

/** What of a logger is needed here (pino's fits). */
export interface EmbeddedLog {
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

export interface Launch {
  readonly folder: DataFolder;
  /** The path of a mongod. */
  readonly binary: string;
  readonly log: EmbeddedLog;
  readonly onLaunch?: () => void;
  /** Set when the server must come up again where its clients look for it. */
  readonly port?: number;
}

export interface Running {
  readonly server: Mongod;
  readonly port: number;
  readonly uri: string;
}

/**
 * Brings the database of a folder up, whatever the last owner left behind: an orphaned mongod is ended, a taken port
 * exchanged. mongod's own lock on its files decides between two that start at once.
 */
export async function startServer(launch: Launch): Promise<Running> {
  const end = Date.now() + WAIT_FOR_LOCK_MS;
  for (;;) {
    await clearTheWay(launch);
    const notes = new FailureNotes();
    try {
      return await bringUp(launch, notes);
    } catch (error) {
      const problem = notes.explain(error, launch.folder.dataPath);
      if (!notes.passing || Date.now() > end) throw problem;
      await pause(LOOK_AGAIN_MS);
    }
  }
}

async function clearTheWay({ folder, log }: Launch): Promise<void> {
  const { running } = await folder.state();
  if (!running) return;
  if (isRunning(running.owner)) throw alreadyRunning(folder.dataPath, running.owner.pid);
  if (!isRunning(running.mongod)) return;
  log.warn({ pid: running.mongod.pid }, 'ending the MongoDB that a killed khaibao left behind');
  await endOrphan(running.mongod);
}

async function bringUp(launch: Launch, notes: FailureNotes): Promise<Running> {
  const { folder, binary, onLaunch } = launch;
  const port = launch.port ?? (await choosePort(launch));
  const fresh = await folder.isFresh();
  const onLine = (line: string) => notes.hear(line);
  const server = await launchMongod({
    binary,
    dataPath: folder.dataPath,
    port,
    onLine,
    ...(onLaunch ? { onLaunch } : {}),
  });
  try {
    await becomePrimary(port, fresh);
    const uri = uriOf(port, DATABASE);
    await folder.saveState({ port, running: { uri, owner: thisProcess(), mongod: idOf(server) } });
    return { server, port, uri };
  } catch (error) {
    await endServer(server);
    throw error;
  }
}

/** The one the data is used to, unless somebody else has it: the set's configuration is then rewritten. */
async function choosePort({ folder, log }: Launch): Promise<number> {
  const { port: last } = await folder.state();
  const port = await freePort(last);
  if (last !== undefined && port !== last)
    log.warn({ last, port }, 'the port of the database is taken: using another');
  return port;
}

function idOf(server: Mongod): { pid: number; start: string } {
  const pid = server.mongodProcess?.pid ?? 0;
  return { pid, start: startOf(pid) ?? '' };
}
