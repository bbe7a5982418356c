import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generateKeyRing } from '../../src/security/key-ring.ts';
import { projectRoot } from '../../src/store/root.ts';
import { type Child, startChild } from './ipc.ts';
import { declaration, REAL, type Script } from './script.ts';
import { type Protocol, SECRET, TOKEN } from './update.ts';

/** A bot that can be measured, and how it is started. */
export interface Kind {
  readonly name: string;
  readonly file: string;
  readonly protocol: Protocol;
  readonly script: Script;
  /** A bot of others that keeps what it is told: one to be compared with. */
  readonly peer: boolean;
  /** Whether what it stored can be looked at: it asks the bench's declaration, and keeps it. */
  readonly judged: boolean;
}

const QUESTIONS = 10;
const SHORT = declaration(QUESTIONS);
const at = (...path: readonly string[]): string => join(import.meta.dirname, ...path);

const peer = (name: string, file: string, protocol: Protocol = 'telegram'): Kind => ({
  name,
  file: at('..', 'peers', file),
  protocol,
  script: SHORT,
  peer: true,
  judged: true,
});

export const KHAIBAO: Kind = {
  name: 'khaibao',
  file: at('khaibao.ts'),
  protocol: 'telegram',
  script: SHORT,
  peer: false,
  judged: true,
};

export const KINDS: readonly Kind[] = [
  KHAIBAO,
  peer('telegraf', 'telegraf.mjs'),
  peer('grammy', 'grammy-session.mjs'),
  peer('grammy-conversations', 'grammy-conversations.mjs'),
  peer('botbuilder', 'botbuilder.mjs', 'botframework'),
  {
    name: 'khaibao-app',
    file: at('app.ts'),
    protocol: 'telegram',
    script: REAL,
    peer: false,
    judged: false, // another declaration; what it stores is looked at by the tests of the product
  },
  { ...peer('nothing-stored', 'echo.mjs'), peer: false, judged: false },
  { ...peer('bare', 'bare.mjs'), peer: false, judged: false },
];

export interface Usage {
  readonly cpu: NodeJS.CpuUsage;
  readonly rss: number;
  readonly heapUsed?: number;
  /** Group commits and what went into them. */
  readonly batches?: number;
  readonly batched?: number;
}

export interface Bot extends Kind {
  readonly child: Child<{ readonly hook: string }>;
  readonly database: string;
  end(): Promise<void>;
}

export interface BotOptions {
  readonly uri: string;
  readonly api: string;
  readonly database?: string;
  readonly questions?: number;
  readonly flags?: readonly string[];
  readonly keys?: string;
}

const uriWith = (uri: string, database: string): string => {
  const own = new URL(uri);
  own.pathname = `/${database}`;
  return own.toString();
};

let started = 0;

/** What `npm start` tells Node: it would do others good too. */
const startFlags = async (): Promise<readonly string[]> => {
  const { scripts } = JSON.parse(await readFile(join(projectRoot(), 'package.json'), 'utf8')) as {
    readonly scripts: { readonly start: string };
  };
  return scripts.start.split(' ').filter((word) => word.startsWith('--'));
};

/** The same surroundings for all: `BOT_TOKEN` and `API_ROOT` are what the peers read, the rest is khaibao's. */
const envOf = ({ uri, api, questions = QUESTIONS, keys }: BotOptions, database: string, dataDir: string) => ({
  NODE_ENV: 'test',
  MONGODB_URI: uriWith(uri, database),
  BOT_TOKEN: TOKEN,
  API_ROOT: api,
  PORT: '0',
  HOST: '127.0.0.1',
  DATA_DIR: dataDir,
  KHAIBAO_KEYS: keys ?? JSON.stringify(generateKeyRing()),
  TELEGRAM_BOT_TOKEN: TOKEN,
  TELEGRAM_API_ROOT: api,
  TELEGRAM_WEBHOOK_SECRET: SECRET,
  QUESTIONS: String(questions),
});

/** Starts a bot on a database of its own, or on a given one. */
export const startBot = async (kind: Kind, options: BotOptions): Promise<Bot> => {
  started += 1;
  const database = options.database ?? `bench_${process.pid}_${started}`;
  const dataDir = await mkdtemp(join(tmpdir(), 'khaibao-bench-'));
  const ours = kind.file.endsWith('.ts');
  const child = await startChild<{ readonly hook: string }>(kind.file, {
    env: envOf(options, database, dataDir),
    flags: [
      ...(ours ? ['--import', './tools/typescript.mjs'] : []),
      ...(await startFlags()),
      ...(options.flags ?? []),
    ],
    quiet: ours,
  });
  return {
    ...kind,
    child,
    database,
    end: async () => {
      await child.end();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
};
