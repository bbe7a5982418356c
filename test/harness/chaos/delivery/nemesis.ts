import { setTimeout as pause } from 'node:timers/promises';
import type { CrashPoint } from '../../../../src/store/crash-point.ts';
import type { Armed, Instance } from '../fleet.ts';
import type { Life } from '../lives.ts';
import type { Way } from '../proxy.ts';
import { randomOf } from '../random.ts';
import type { Tally } from '../tally.ts';
import type { BotApi } from './botApi.ts';
import { LEASE } from './clock.ts';
import { CRASH_POINTS, lifeAt, lifeOf } from './lives.ts';

/** A run that is long enough to come to every crash point goes on until it has, for so many kills more at the most. */
export const LONG_ENOUGH = 50;
const MORE = 30;
/** A process that cannot start while the database is away tries again (ms). */
const TRIES_AGAIN = 200;
/**
 * ms between two ways that are down, and how long one is; between two times a bot is told to wait, or a line goes
 * silent, and how long the wait is (s).
 */
const CALM = [3_000, 7_000] as const;
const DOWN = [200, 1_500] as const;
const QUIET = [10_000, 18_000] as const;
const STORM = [1, 3] as const;

export interface NemesisParts {
  readonly instances: readonly Instance[];
  readonly ways: readonly Way[];
  readonly apis: readonly BotApi[];
  readonly seed: number;
  readonly kills: number;
  /** How often each crash point was reached. */
  readonly points: ReadonlyMap<string, number>;
  readonly tally: Tally;
}

export interface Nemesis {
  readonly killed: number;
  /** Resolves when all have been killed often enough and run again. */
  readonly done: Promise<unknown>;
}

const startUp = async (instance: Instance, armed?: Armed, last = false): Promise<void> => {
  while (!(await instance.start(armed, last))) await pause(TRIES_AGAIN);
};

/** One life of a process, up to its end. */
const live = async (instance: Instance, life: Life, tally: Tally): Promise<void> => {
  await startUp(instance, life.armed);
  if (await instance.died(life.ms)) return;
  if (life.stop) {
    instance.pause();
    await pause(life.stop.ms);
    instance.resume();
    tally.add(life.stop.ms > LEASE ? 'stopped beyond its lease' : 'stopped and continued');
    await instance.died(life.stop.longer);
  }
  tally.add('killed at random');
  await instance.kill();
};

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
    for (; !isOver(); await pause(random.between(...QUIET))) random.pick(ways).pierce();
  };
  await Promise.all([breakWays(), sayWait(), pierce()]);
};

export const startNemesis = (parts: NemesisParts): Nemesis => {
  const { instances, seed, kills, points, tally } = parts;
  let killed = 0;
  let more = kills < LONG_ENOUGH ? 0 : MORE;
  let over = false;

  const missing = (): CrashPoint | undefined =>
    more === 0 ? undefined : CRASH_POINTS.find((each) => points.get(each) === 0);
  const nextLife = (process: number, n: number): Life | undefined => {
    if (killed < kills) return lifeOf(seed, process, n);
    const point = missing();
    if (point === undefined) return undefined;
    more -= 1;
    return lifeAt(seed, point, n);
  };
  const haunt = async (instance: Instance, process: number): Promise<void> => {
    let n = 0;
    for (let life = nextLife(process, n); life !== undefined; life = nextLife(process, n)) {
      await live(instance, life, tally);
      killed += 1;
      n += 1;
    }
    await startUp(instance, undefined, true);
  };
  const haunted = Promise.all(instances.map(haunt)).finally(() => {
    over = true;
  });
  return {
    get killed() {
      return killed;
    },
    done: Promise.all([haunted, trouble(parts, () => over)]),
  };
};
