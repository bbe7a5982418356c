import { MongoInstance } from 'mongodb-memory-server';
import { TRANSACTION_LIMIT } from '../transaction-limit.ts';

/** The name of the one-member replica set; it stands in the data files, so it never changes. */
export const REPLICA_SET = 'khaibao';
/** After a crash MongoDB replays its journal before it listens: seconds as a rule, but never cut short. */
const LAUNCH_TIMEOUT_MS = 120_000;
/** mongod lingers 15 s on a signal, to let the other members of a set take over. There are none. */
const LINGER_MS = 100;

/** What starts one server: where its files are and where it listens. */
export interface MongodOptions {
  readonly binary: string;
  readonly dataPath: string;
  readonly port: number;
  /** Further command line arguments for mongod. */
  readonly args?: readonly string[];
  /** Gets each line of mongod's log (JSON). */
  readonly onLine?: (line: string) => void;
  /** Called when its process runs; it listens later. */
  readonly onLaunch?: () => void;
}

type Hooks = Pick<MongodOptions, 'onLine' | 'onLaunch'>;

/**
 * mongodb-memory-server searches what mongod prints chunk by chunk, and parses a whole chunk as JSON when the word
 * for a failed start is in it: two lines in one chunk were an exception nobody could catch. It gets single lines here.
 */
export class Mongod extends MongoInstance {
  /** Resolves when the process has ended, for whatever reason. */
  readonly ended: Promise<Ending>;
  #end: (ending: Ending) => void = () => undefined;
  #rest = '';
  readonly #hooks: Hooks;

  constructor(setup: ConstructorParameters<typeof MongoInstance>[0], hooks: Hooks = {}) {
    super(setup);
    this.#hooks = hooks;
    this.ended = new Promise((resolve) => {
      this.#end = resolve;
    });
  }

  override stdoutHandler(message: string | Buffer): void {
    const lines = (this.#rest + message.toString()).split('\n');
    this.#rest = lines.pop() ?? '';
    for (const line of lines.filter(Boolean)) {
      this.#hooks.onLine?.(line);
      super.stdoutHandler(line);
    }
  }

  override _launchMongod(binary: string): ReturnType<MongoInstance['_launchMongod']> {
    const child = super._launchMongod(binary);
    this.#hooks.onLaunch?.();
    return child;
  }

  override closeHandler(code: number | null, signal: string | null): void {
    super.closeHandler(code, signal);
    this.#end({ code, signal });
  }
}

/** How a process ended: its exit code, or the signal that ended it. */
export interface Ending {
  readonly code: number | null;
  readonly signal: string | null;
}

/**
 * Starts mongod on 127.0.0.1 and resolves when it listens. It is a process group of its own: Ctrl-C at a terminal
 * reaches the whole foreground group, and the database must outlive the last write of the one who uses it.
 * When this process dies without a word, the watcher of mongodb-memory-server ends mongod within 2 s.
 */
export async function launchMongod(options: MongodOptions): Promise<Mongod> {
  const { binary, dataPath, port, args = [] } = options;
  const linger = ['--setParameter', `shutdownTimeoutMillisForSignaledShutdown=${LINGER_MS}`];
  const limit = ['--setParameter', `${TRANSACTION_LIMIT.name}=${TRANSACTION_LIMIT.seconds}`];
  // The set is named by a plain argument. Told of it in its own words, mongodb-memory-server ends a member over the
  // network, and a member that is dead already costs 5 s and a stack trace on the terminal.
  const instance = {
    port,
    ip: '127.0.0.1',
    dbPath: dataPath,
    storageEngine: 'wiredTiger' as const,
    launchTimeout: LAUNCH_TIMEOUT_MS,
    args: ['--replSet', REPLICA_SET, '--nounixsocket', ...linger, ...limit, ...args],
  };
  const server = new Mongod(
    { instance, binary: { systemBinary: binary }, spawn: { detached: true } },
    options,
  );
  await server.start();
  return server;
}
