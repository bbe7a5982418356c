import { parseArgs } from 'node:util';

export interface Options {
  /** One short round: to see that everything runs, not to read figures from. */
  readonly quick: boolean;
  readonly grow: boolean;
  /** Files to write: all figures, and the chart of them. */
  readonly json?: string;
  readonly chart?: string;
  /** A page whose places for figures are filled. */
  readonly page?: string;
  readonly rounds: number;
  /** Of one measurement, after its warm-up (ms). */
  readonly measure: number;
  readonly warmUp: number;
  /** How many chats talk at once. */
  readonly chats: readonly number[];
  /** Only these bots; all when not given. */
  readonly only: readonly string[];
  /** Chats that declare in each test of correctness. */
  readonly declaring: number;
  readonly seed: number;
  /** For `--grow`: stored conversations, and updates to watch the memory over. */
  readonly stored: readonly number[];
  readonly updates: number;
  /** Writes a processor profile of khaibao at 64 chats into this folder. */
  readonly profile?: string;
}

const numbers = (text: string): readonly number[] =>
  text.split(',').map((each) => Number(each.replaceAll('_', '')));

export const readOptions = (args: readonly string[]): Options => {
  const { values } = parseArgs({
    args: [...args],
    options: {
      quick: { type: 'boolean', default: false },
      grow: { type: 'boolean', default: false },
      json: { type: 'string' },
      chart: { type: 'string' },
      page: { type: 'string' },
      rounds: { type: 'string' },
      seconds: { type: 'string' },
      chats: { type: 'string', default: '1,64,1000' },
      only: { type: 'string' },
      seed: { type: 'string', default: '2026' },
      stored: { type: 'string' },
      updates: { type: 'string' },
      profile: { type: 'string' },
    },
  });
  const { quick, grow, json, chart, page, profile } = values;
  return {
    quick,
    grow,
    ...(json !== undefined && { json }),
    ...(chart !== undefined && { chart }),
    ...(page !== undefined && { page }),
    ...(profile !== undefined && { profile }),
    rounds: Number(values.rounds ?? (quick ? 1 : 3)),
    measure: 1_000 * Number(values.seconds ?? (quick ? 1.5 : 4)),
    warmUp: quick ? 500 : 2_000,
    chats: numbers(values.chats),
    only: values.only?.split(',') ?? [],
    declaring: quick ? 100 : 500,
    seed: Number(values.seed),
    stored: numbers(values.stored ?? (quick ? '1000,10000' : '10000,100000')),
    updates: numbers(values.updates ?? (quick ? '20000' : '200000'))[0] ?? 0,
  };
};
