import { Command } from 'commander';
import { campaignCommand } from './cli/campaign/index.ts';
import { chat } from './cli/chat.ts';
import { deliveriesCommand } from './cli/deliveries.ts';
import { demo } from './cli/demo/index.ts';
import { feedbackCommand } from './cli/feedback.ts';
import { jobsCommand } from './cli/jobs.ts';
import { keysCommand } from './cli/keys.ts';
import { rulesCommand } from './cli/rules.ts';
import { shiftCommand } from './cli/shift.ts';
import { staffCommand } from './cli/staff.ts';
import { trainingCommand } from './cli/training.ts';
import { withServer } from './cli/withServer.ts';
import { runWith } from './cli/withStore.ts';
import { zoneCommand } from './cli/zone.ts';
import { serve } from './main.ts';

const program = (): Command => {
  const khaibao = new Command('khaibao').description('Health declaration and contact tracing by chat');
  khaibao
    .command('start')
    .description('run the server')
    .action(() => serve());
  khaibao
    .command('chat')
    .description('talk to the bot in this terminal')
    .action(() => withServer(process.env, (server) => chat(server)));
  khaibao.command('demo').description('fill the province with made-up people and show an alert').action(demo);
  for (const command of [
    staffCommand,
    shiftCommand,
    zoneCommand,
    rulesCommand,
    feedbackCommand,
    deliveriesCommand,
    trainingCommand,
    jobsCommand,
    campaignCommand,
  ]) {
    khaibao.addCommand(command(runWith));
  }
  khaibao.addCommand(keysCommand());
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
    await program().parseAsync([...args], { from: 'user' });
  } catch (error) {
    const sentence = sentenceOf(error);
    if (sentence === undefined) throw error;
    process.stderr.write(`${sentence}\n`);
    process.exitCode = 1;
  }
};
