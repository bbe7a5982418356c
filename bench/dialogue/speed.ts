import type { Bot } from './bots.ts';
import { median } from './figures.ts';
import { measure, type Round, type Where } from './measure.ts';
import type { Options } from './options.ts';

/** One bot at one number of chats: the median of its rounds, and how far they lie apart. */
export interface Speed extends Round {
  readonly bot: string;
  readonly chats: number;
  readonly slowest: number;
  readonly fastest: number;
}

const CROWD = 500;
/** All of a crowd begin in one moment, on new connections: it is measured later and longer than the few (ms). */
const MIXED_AFTER = 8_000;
const CROWD_MEASURED = 10_000;

/** The round in the middle by its rate. */
const middle = (rounds: readonly Round[]): Round => {
  const sorted = [...rounds].sort((a, b) => a.rate - b.rate);
  const round = sorted[Math.floor((sorted.length - 1) / 2)];
  if (round === undefined) throw new Error('nothing was measured');
  return round;
};

const summed = (bot: string, chats: number, rounds: readonly Round[]): Speed => {
  const rates = rounds.map(({ rate }) => rate);
  const whole = (of: (round: Round) => number): number => rounds.map(of).reduce((sum, each) => sum + each, 0);
  return {
    bot,
    chats,
    ...middle(rounds),
    rate: median(rates),
    slowest: Math.min(...rates),
    fastest: Math.max(...rates),
    unanswered: whole(({ unanswered }) => unanswered),
    refused: whole(({ refused }) => refused),
  };
};

/** Round by round through all bots, so that what the machine does besides meets them alike. */
export const race = async (
  where: Where,
  bots: readonly Bot[],
  chats: number,
  { rounds, warmUp, measure: ms, quick }: Options,
): Promise<readonly Speed[]> => {
  const seen = bots.map((): Round[] => []);
  const crowd = chats >= CROWD && !quick;
  const times = crowd
    ? { warmUp: MIXED_AFTER, measure: Math.max(ms, CROWD_MEASURED) }
    : { warmUp, measure: ms };
  for (let n = 0; n < rounds; n += 1) {
    for (const [at, bot] of bots.entries()) {
      const { script } = bot;
      seen[at]?.push(await measure(where, [bot], { chats, script, ...times }));
    }
  }
  return bots.map(({ name }, at) => summed(name, chats, seen[at] ?? []));
};
