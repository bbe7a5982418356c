/** MongoDB from its own download site, as mongodb-memory-server fetches it: any system it knows, but not every network. */
import { fileURLToPath } from 'node:url';
import { run } from './child.mjs';
import { SetupProblem } from './problem.mjs';
import { live } from './say.mjs';

/**
 * mongodb-memory-server tries three times within 7 s when there is no network, and says every 2 s how far it is when
 * there is one; only unpacking is silent for longer. Beyond this the line is dead.
 */
const DOWNLOAD_SILENCE_MS = 60_000;
/** What the system calls a network that is not there. */
const NETWORK = /ENOTFOUND|ECONN\w+|EAI_AGAIN|ETIMEDOUT/;

/**
 * Gives the path of the server.
 * @param {string} dir an empty work folder
 */
export async function fetchFromMongodb(dir) {
  const env = { ...process.env, MONGOMS_DOWNLOAD_DIR: dir, MONGOMS_PREFER_GLOBAL_PATH: 'false' };
  const program = fileURLToPath(new URL('download.mjs', import.meta.url));
  const done = live(
    'asking MongoDB itself for a server (skipped after some seconds without a network)',
    () => '',
  );
  const ended = await run(process.execPath, [program, dir], { env, silenceMs: DOWNLOAD_SILENCE_MS }).finally(
    done,
  );
  const path = ended.stdout.trim().split('\n').at(-1);
  if (ended.code === 0 && path) return path;
  const reason = NETWORK.exec(ended.output)?.[0] ?? /Error: .*/.exec(ended.output)?.[0] ?? 'no answer';
  throw new SetupProblem('no_download', `not to be had here (${reason})`);
}
