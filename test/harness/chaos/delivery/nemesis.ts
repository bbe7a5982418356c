import { setTimeout as pause } from 'node:timers/promises';
import type { Instance } from '../fleet.ts';
import { Haunt, type HauntParts } from '../haunt.ts';
import type { Way } from '../proxy.ts';
import { randomOf } from '../random.ts';
import type { BotApi } from './botApi.ts';
import { LEASE } from './clock.ts';
import { lifeAt, lifeOf } from './lives.ts';
import { CRASH_POINTS, pointsOf } from './points.ts';

/**
 * ms between two ways that are down, and how long one is; between two times a bot is told to wait, or a line goes
 * silent, and how long the wait is (s).
 */
const CALM = [3_000, 7_000] as const;
const DOWN = [200, 1_500] as const;
const QUIET = [10_000, 18_000] as const;
const STORM = [1, 3] as const;

export interface NemesisParts extends HauntParts {
  readonly instances: readonly Instance[];
  readonly ways: readonly Way[];
  readonly apis: readonly BotApi[];
}

export interface Nemesis {
  readonly killed: number;
  /** Resolves when all have been killed often enough and run again. */
  readonly done: Promise<unknown>;
}

/** Breaks ways, and has platforms say "wait", until it is over. */
const trouble = async ({ ways, apis, seed, tally }: NemesisParts, isOver: () => boolean) => {
  const random = randomOf(seed, 'trouble');
  const breakWays = async (): Promise<void> => {
    for (; !isOver(); await pause(random.between(...CALM))) random.pick(ways).down(random.between(...DOWN));
  };
  const sayWait = async (): Promise<void> => {
    for (; !isOver(); await pause(random.between(...QUIET))) {
      random.pick(apis).storm(random.between(...STORM));
      tally.add('told to wait');
    }
  };
  const pierce = async (): Promise<void> => {
    for (; !isOver(); await pause(random.between(...QUIET))) {
      const { untried } = tally;
      const fresh = ways.filter(({ pierced }) => untried.includes(pierced));
      random.pick(fresh.length > 0 ? fresh : ways).pierce(); // of the database's lines one, and of the others
    }
  };
  await Promise.all([breakWays(), sayWait(), pierce()]);
};

const stopped = (ms: number) => (ms > LEASE ? 'stopped beyond its lease' : 'stopped and continued');

export const startNemesis = (parts: NemesisParts): Nemesis => {
  const points = pointsOf(parts.kills);
  const lives = (seed: number, process: number, n: number) => lifeOf(seed, process, n, points);
  const haunt = new Haunt(parts, { CRASH_POINTS, lifeOf: lives, lifeAt, stopped });
  let over = false;
  const haunted = Promise.all(parts.instances.map((each, n) => haunt.haunt(each, n))).finally(() => {
    over = true;
  });
  return {
    get killed() {
      return haunt.killed;
    },
    done: Promise.all([haunted, trouble(parts, () => over)]),
  };
};
