import { randomUUID } from 'node:crypto';
import { createInterface } from 'node:readline/promises';
import { styleText } from 'node:util';
import type { ServerNote } from './server.ts';
import { openTerminal, type Printed } from './terminal.ts';

/** Question bold, numbers cyan, the rest as it is; nothing where the output is no terminal. */
const painted = (text: string, colours: boolean): string => {
  if (!colours) return text;
  return text
    .split('\n')
    .map((line) => {
      if (/^\d+\. /.test(line)) return styleText('cyan', line);
      return /\?$|\? Ví dụ|\? For example/.test(line) ? styleText('bold', line) : line;
    })
    .join('\n');
};

/** Talks to the bot in this terminal until Ctrl-C, Ctrl-D or "exit". */
export const chat = async (
  server: ServerNote,
  input = process.stdin,
  output = process.stdout,
): Promise<void> => {
  const terminal = openTerminal(server, `chat-${randomUUID()}`);
  const colours = output.isTTY === true;
  const screen = createInterface({ input, output, terminal: colours });
  const print = ({ text }: Printed): void => {
    output.write(`\r${painted(text, colours)}\n`);
    screen.prompt();
  };
  const listening = (async () => {
    for await (const printed of terminal.listen()) print(printed);
  })();
  screen.setPrompt('> ');
  // Lines that are there before the first answer must not be lost: the reader is opened before anything waits.
  const lines = screen[Symbol.asyncIterator]();
  await terminal.say('/start');
  screen.on('SIGINT', () => screen.close());
  for await (const line of { [Symbol.asyncIterator]: () => lines }) {
    if (line.trim() === 'exit') break;
    if (line.trim() !== '')
      await terminal.say(line).catch((error: Error) => output.write(`${error.message}\n`));
    else screen.prompt();
  }
  screen.close();
  terminal.close();
  await listening;
};
