/** The MongoDB that comes with the program: a one-member replica set with its files below DATA_DIR. */
import { DataFolder } from './folder.ts';
import { Keeper } from './keeper.ts';
import type { EmbeddedLog } from './start.ts';
import { checkVersion } from './version.ts';

export { runningUri } from './folder.ts';

export interface EmbeddedOptions {
  /** Files go to `mongodb/` below it. */
  readonly dataDir: string;
  /** The path of a mongod. */
  readonly binary: string;
  readonly log: EmbeddedLog;
  /** Called when the server's process runs. */
  readonly onLaunch?: () => void;
}

export interface Embedded {
  /** Stays the same until `stop`, also when the server has to be started again. */
  readonly uri: string;
  /** Takes at most 10 s and leaves no process behind. */
  stop(): Promise<void>;
}

/**
 * Starts the database of this data folder and keeps it up.
 * @throws {EmbeddedProblem} a sentence: somebody else runs it, another version made it, it does not start
 */
export async function startEmbedded({ dataDir, ...launch }: EmbeddedOptions): Promise<Embedded> {
  const folder = new DataFolder(dataDir);
  await folder.create();
  await checkVersion(folder, launch.binary);
  const keeper = new Keeper({ folder, ...launch });
  const uri = await keeper.start();
  return { uri, stop: () => keeper.stop() };
}
