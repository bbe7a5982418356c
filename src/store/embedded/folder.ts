import { randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isRunning } from '#processes';
import { EmbeddedProblem } from './problem.ts';

/** A process, named so that a reused pid is not taken for it. */
export interface ProcessId {
  readonly pid: number;
  readonly start: string;
}

/** `server.json`: the port belongs to the data for good, the rest is there while a server runs. */
export interface ServerState {
  readonly port?: number;
  readonly running?: { readonly uri: string; readonly owner: ProcessId; readonly mongod: ProcessId };
}

/** The files of one embedded database: `mongodb/data` is mongod's own, what we know about it lies beside. */
export class DataFolder {
  readonly dataPath: string;
  readonly #root: string;

  constructor(dataDir: string) {
    this.#root = join(dataDir, 'mongodb');
    this.dataPath = join(this.#root, 'data');
  }

  /** Readable for this user only: the database asks nobody for a password. */
  async create(): Promise<void> {
    try {
      await mkdir(this.dataPath, { recursive: true, mode: 0o700 });
    } catch (error) {
      const { message } = error as Error;
      throw new EmbeddedProblem('data_dir', `The data folder cannot be used: ${message}.`, { cause: error });
    }
  }

  /** True until a server has been up on these files: the state is saved only then. */
  async isFresh(): Promise<boolean> {
    return (await this.state()).port === undefined || (await this.#isEmpty());
  }

  async state(): Promise<ServerState> {
    return (await this.#read<ServerState>('server.json')) ?? {};
  }

  saveState(state: ServerState): Promise<void> {
    return this.#write('server.json', state);
  }

  /** The MongoDB version that made the files, e.g. 6.0.5; undefined when there are none yet. */
  async version(): Promise<string | undefined> {
    return (await this.#isEmpty())
      ? undefined
      : (await this.#read<{ mongodb?: string }>('version.json'))?.mongodb;
  }

  saveVersion(mongodb: string): Promise<void> {
    return this.#write('version.json', { mongodb });
  }

  async #isEmpty(): Promise<boolean> {
    return (await readdir(this.dataPath)).length === 0;
  }

  /** A file that is missing or damaged says nothing; both hold only what can be found out again. */
  async #read<T>(name: string): Promise<T | undefined> {
    try {
      return JSON.parse(await readFile(join(this.#root, name), 'utf8')) as T;
    } catch (error) {
      if (error instanceof SyntaxError || (error as NodeJS.ErrnoException).code === 'ENOENT')
        return undefined;
      throw error;
    }
  }

  /** By rename, so that no reader and no crash sees half of it. */
  async #write(name: string, content: object): Promise<void> {
    const fresh = join(this.#root, `${name}.${randomUUID()}`);
    await writeFile(fresh, `${JSON.stringify(content, null, 2)}\n`, { mode: 0o600 });
    await rename(fresh, join(this.#root, name));
  }
}

/** The address of the database that a running khaibao serves from this data folder, for the commands beside it. */
export async function runningUri(dataDir: string): Promise<string | undefined> {
  const { running } = await new DataFolder(dataDir).state();
  return running && isRunning(running.owner) && isRunning(running.mongod) ? running.uri : undefined;
}
