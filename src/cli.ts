import { Command } from 'commander';
import { serve } from './main.ts';

const start = (): Command => new Command('start').description('run the server').action(() => serve());

/** What a start does not need is not loaded for it. */
const program = async (first: string | undefined): Promise<Command> => {
  const khaibao = new Command('khaibao').description('Health declaration and contact tracing by chat');
  khaibao.addCommand(start());
  if (first === 'start') return khaibao;
  const { otherCommands } = await import('./cli/commands.ts');
  for (const command of otherCommands()) khaibao.addCommand(command);
  return khaibao;
};

/** Problems that are the operator's to mend: one sentence, no stack. */
const SENTENCES: ReadonlySet<string> = new Set([
  'SettingsError',
  'EmbeddedProblem',
  'NoDatabaseError',
  'KeyRingError',
  'CommandProblem',
  'Unavailable',
]);

/** What the machine refuses, by the system's own code. */
const SYSTEM: Readonly<Record<string, string>> = {
  EADDRINUSE:
    'The port is taken by another program: stop it, or start with another one (PORT=3001 npm start).',
  EADDRNOTAVAIL: 'HOST is no address of this machine.',
  ENOTFOUND: 'HOST is no address of this machine.',
  EACCES: 'The data folder (DATA_DIR) or the port may not be used by this user.',
  EROFS: 'The data folder (DATA_DIR) cannot be written to.',
  ENOSPC: 'The disk of the data folder (DATA_DIR) is full.',
  ENOTDIR: 'The data folder (DATA_DIR) is no folder.',
};

const sentenceOf = (error: unknown): string | undefined => {
  if (!(error instanceof Error)) return undefined;
  const system = SYSTEM[(error as NodeJS.ErrnoException).code ?? ''];
  if (system !== undefined) return system;
  if (error.name === 'MongoParseError') return `The setting MONGODB_URI is not right: ${error.message}.`;
  if (/^invalid IP address/.test(error.message))
    return `The setting TRUST_PROXY is not right: ${error.message}.`;
  return SENTENCES.has(error.name) ? error.message : undefined;
};

/** Runs one command; the exit code is 1 when it could not be done. */
export const run = async (args: readonly string[]): Promise<void> => {
  try {
    const khaibao = await program(args[0]);
    await khaibao.parseAsync([...args], { from: 'user' });
  } catch (error) {
    const sentence = sentenceOf(error);
    if (sentence === undefined) throw error;
    process.stderr.write(`${sentence}\n`);
    process.exitCode = 1;
  }
};
