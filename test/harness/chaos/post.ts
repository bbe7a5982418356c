import { request } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { Line } from '../line.ts';
import type { Random } from './random.ts';

/** Whoever has waited so long for an answer comes again (ms); a stopped process answers nobody. */
const PATIENCE = 2_000;
/** Whoever waits for several is owed their order, and asks for it only while the line holds: a slow machine is no loss. */
const LONG_PATIENCE = 20_000;
/** Telegram delivers again at once, then after 2, 4, 8 … seconds, the page after 1, 2, 4 …; seconds are shorter here (ms). */
const FIRST_WAIT = 50;
const LONGEST_WAIT = 1_000;
/** The same update to two processes at once, and again after it was taken. */
const DOUBLE = 0.05;
const AGAIN = 0.05;

/** Ways to the servers: by turns, or to a certain one. */
export interface Doors {
  readonly url: string;
  readonly each: readonly string[];
}

export interface Letter {
  readonly doors: Doors;
  readonly path: string;
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** What happens to an update on its way, drawn when it is sent: how long that takes must not move any other's. */
export interface Fate {
  /** It goes to the process of this number and to the next one in the same moment. */
  readonly double?: number;
  /** It comes again so long after it was taken (ms). */
  readonly again?: number;
}

export const fateOf = (random: Random): Fate => ({
  ...(random.chance(DOUBLE) && { double: random.between(0, 99) }),
  ...(random.chance(AGAIN) && { again: random.between(50, 2_000) }),
});

/** The status of one post over a line of its own; 0 when no answer came. */
const post = (url: string, body: string, headers: Readonly<Record<string, string>>): Promise<number> =>
  new Promise((resolve) => {
    const signal = AbortSignal.timeout(PATIENCE);
    const sent = {
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(body),
      ...headers,
    };
    request(url, { method: 'POST', agent: false, headers: sent, signal }, (response) => {
      response.resume();
      response.on('close', () => resolve(response.statusCode ?? 0)).on('error', () => resolve(0));
    })
      .on('error', () => resolve(0))
      .end(body);
  });

/** Several posts written at once to one line: they arrive in this order. Their statuses, 0 where none came. */
export const postTogether = async (
  { doors, path, headers }: Omit<Letter, 'body'>,
  bodies: readonly string[],
): Promise<readonly number[]> => {
  const line = new Line(new URL(doors.url));
  const more = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  const late = setTimeout(() => line.close(), LONG_PATIENCE);
  const statuses = await Promise.all(bodies.map((body) => line.post(path, more.join(''), body)));
  clearTimeout(late);
  line.close();
  return statuses;
};

export const isTaken = (status: number): boolean => status >= 200 && status <= 299;

const copiesOf = ({ each }: Doors, double: number | undefined): readonly string[] =>
  double === undefined ? [] : [0, 1].map((more) => each[(double + more) % each.length] ?? '');

/** Posts until somebody says 2xx, as platforms do. */
export const deliver = async (letter: Letter, double?: number): Promise<void> => {
  const { doors, path, body, headers } = letter;
  const copies = copiesOf(doors, double);
  for (let wait = 0; ; wait = Math.min(wait * 2 || FIRST_WAIT, LONGEST_WAIT)) {
    const roots = wait === 0 && copies.length > 0 ? copies : [doors.url];
    const statuses = await Promise.all(roots.map((root) => post(`${root}${path}`, body, headers)));
    if (statuses.some(isTaken)) return;
    await pause(wait);
  }
};
