import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { CommandProblem } from './problem.ts';
import type { ServerNote } from './server.ts';

/** One message of the bot, ready to print. */
export interface Printed {
  readonly id: string;
  readonly text: string;
}

/** A conversation with the server, as `npm run chat` and the demonstration hold it. */
export interface Terminal {
  say(text: string): Promise<void>;
  /** Messages as they come; goes on by itself after a break, without repeating any. */
  listen(after?: string): AsyncGenerator<Printed>;
  close(): void;
}

/** Pause before the stream is opened again (ms). */
const AGAIN_MS = 1_000;
/** Tries to hand a line in, each with the same delivery id, so that it counts once. */
const TRIES = 5;

async function* lines(response: Response): AsyncGenerator<string> {
  let rest = '';
  const decoder = new TextDecoder();
  for await (const chunk of response.body ?? []) {
    rest += decoder.decode(chunk as Uint8Array, { stream: true });
    const whole = rest.split('\n');
    rest = whole.pop() ?? '';
    yield* whole.filter((line) => line !== '');
  }
}

export const openTerminal = ({ url, token }: ServerNote, session: string): Terminal => {
  const ended = new AbortController();
  const headers = { authorization: `Bearer ${token}` };
  const post = async (body: string): Promise<boolean> => {
    try {
      const init = {
        method: 'POST',
        headers: { ...headers, 'content-type': 'application/json' },
        body,
        signal: ended.signal,
      };
      const response = await fetch(`${url}/terminal`, init);
      if (response.status >= 400 && response.status < 500)
        throw new CommandProblem(`The server refused the line (${response.status}).`);
      return response.ok;
    } catch (error) {
      if (error instanceof CommandProblem) throw error;
      return false; // not reached: tried again with the same id
    }
  };
  return {
    say: async (text) => {
      const body = JSON.stringify({ deliveryId: randomUUID(), session, text });
      for (let left = TRIES; left > 0; left -= 1) {
        if (await post(body)) return;
        await delay(AGAIN_MS);
      }
      throw new CommandProblem(
        'The server does not answer. Your line was not taken; please type it again later.',
      );
    },
    async *listen(after) {
      let last = after;
      while (!ended.signal.aborted) {
        try {
          const query = new URLSearchParams({ session, ...(last === undefined ? {} : { after: last }) });
          const response = await fetch(`${url}/terminal/stream?${query}`, { headers, signal: ended.signal });
          for await (const line of lines(response)) {
            const printed = JSON.parse(line) as Printed;
            last = printed.id;
            yield printed;
          }
        } catch (error) {
          if (ended.signal.aborted) return;
          if (!(error instanceof TypeError)) throw error; // fetch reports a lost connection as TypeError
        }
        await delay(AGAIN_MS);
      }
    },
    close: () => ended.abort(),
  };
};
