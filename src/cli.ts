import { Command } from 'commander';
import { chat } from './cli/chat.ts';
import { withServer } from './cli/withServer.ts';
import { serve } from './main.ts';
import { SettingsError } from './settings.ts';

const program = (): Command => {
  const khaibao = new Command('khaibao').description('Health declaration and contact tracing by chat');
  khaibao
    .command('start')
    .description('run the server')
    .action(() => serve());
  khaibao
    .command('chat')
    .description('talk to the bot in this terminal')
    .action(() => withServer(process.env, chat));
  return khaibao;
};

/** Problems that are the operator's to mend: one sentence, no stack. */
const isSentence = (error: unknown): error is Error =>
  error instanceof SettingsError ||
  (error instanceof Error &&
    ['EmbeddedProblem', 'NoDatabaseError', 'KeyRingError', 'Unavailable'].includes(error.name));

/** Runs one command; the exit code is 1 when it could not be done. */
export const run = async (args: readonly string[]): Promise<void> => {
  try {
    await program().parseAsync([...args], { from: 'user' });
  } catch (error) {
    if (!isSentence(error)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  }
};
