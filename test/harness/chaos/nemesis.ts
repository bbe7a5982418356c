import { setTimeout as pause } from 'node:timers/promises';
import type { CrashPoint } from '../../../src/store/crash-point.ts';
import type { PrivateMongod } from '../mongo.ts';
import type { Armed, Instance } from './fleet.ts';
import { CRASH_POINTS, type Life, lifeAt, lifeOf } from './lives.ts';
import { randomOf } from './random.ts';
import type { Tally } from './tally.ts';

/** One of so many kills is the database's. */
const DATABASE_EVERY = 8;
/** A run that is long enough to come to every crash point goes on until it has, for so many kills more at the most. */
const LONG_ENOUGH = 50;
const MORE = 30;
/** A process that cannot start while the database is away tries again (ms). */
const TRIES_AGAIN = 200;

export interface NemesisParts {
  readonly instances: readonly Instance[];
  readonly mongod: PrivateMongod;
  readonly seed: number;
  readonly kills: number;
  /** How often each crash point was reached. */
  readonly points: ReadonlyMap<string, number>;
  readonly tally: Tally;
}

export interface Nemesis {
  readonly killed: number;
  /** Enough has been killed: nobody need begin to talk any more. */
  readonly enough: boolean;
  /** Resolves when all have been killed often enough and run again. */
  readonly done: Promise<void>;
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
    tally.add('stopped and continued');
    await instance.died(life.stop.longer);
  }
  tally.add('killed at random');
  await instance.kill();
};

export const startNemesis = (parts: NemesisParts): Nemesis => {
  const { instances, mongod, seed, kills, points, tally } = parts;
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
    await instance.kill();
    killed += 1;
    let n = 0;
    for (let life = nextLife(process, n); life !== undefined; life = nextLife(process, n)) {
      await live(instance, life, tally);
      killed += 1;
      n += 1;
    }
    await startUp(instance, undefined, true);
  };
  const crashDatabase = async (): Promise<void> => {
    for (let next = 1; !over; ) {
      await pause(100);
      if (killed < next * DATABASE_EVERY - DATABASE_EVERY / 2) continue;
      const down = randomOf(seed, `database ${next}`).between(0, 1_000);
      next += 1;
      await mongod.kill();
      tally.add('database killed');
      killed += 1;
      await pause(down);
      await mongod.restart();
    }
  };
  const database = crashDatabase();
  const done = Promise.all(instances.map(haunt)).then(() => {
    over = true;
    return database;
  });
  return {
    get killed() {
      return killed;
    },
    get enough() {
      return over || (killed >= kills && missing() === undefined);
    },
    done,
  };
};
