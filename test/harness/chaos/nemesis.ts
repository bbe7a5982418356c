import { setTimeout as pause } from 'node:timers/promises';
import type { CrashPoint } from '../../../src/store/crash-point.ts';
import type { PrivateMongod } from '../mongo.ts';
import type { Armed, Instance } from './fleet.ts';
import type { Random } from './random.ts';

export const CRASH_POINTS: readonly CrashPoint[] = [
  'before-commit',
  'in-group',
  'in-group-with-effects',
  'after-commit',
  'before-answer',
  'before-send',
  'between-send-and-mark',
];

/** Of the lives of a process, so many end at a crash point; of the others some are stopped for a while first. */
const AT_A_POINT = 0.65;
const STOPPED = 0.5;
/** A process that never comes to its point is killed after this (ms). */
const LONGEST_LIFE = 3_000;
const STOP = [300, 2_600] as const;
/** One of so many kills is the database's. */
const DATABASE_EVERY = 25;

export interface NemesisParts {
  readonly instances: readonly Instance[];
  readonly mongod: PrivateMongod;
  readonly random: Random;
  readonly kills: number;
}

export interface Nemesis {
  readonly killed: number;
  /** Resolves when all have been killed often enough and run again. */
  readonly done: Promise<void>;
}

/** Each point in its turn, so that a short run comes to all of them. */
const armed = (random: Random, turn: number): Armed => {
  const point = CRASH_POINTS[turn % CRASH_POINTS.length] ?? 'before-commit';
  const inside = point.startsWith('in-group');
  return {
    point,
    passes: random.between(1, point === 'in-group-with-effects' ? 3 : 25),
    delay: inside ? random.between(0, 3) : 0,
  };
};

export const startNemesis = ({ instances, mongod, random, kills }: NemesisParts): Nemesis => {
  let killed = 0;
  let points = 0;

  /** One life of a process, up to its end. */
  const live = async (instance: Instance): Promise<void> => {
    const atPoint = random.chance(AT_A_POINT);
    const life = random.between(400, LONGEST_LIFE);
    const stop = random.chance(STOPPED) ? random.between(...STOP) : 0;
    if (atPoint) points += 1;
    if (await instance.start(atPoint ? armed(random, points) : undefined)) {
      if (!(await instance.died(atPoint ? LONGEST_LIFE : life)) && stop > 0 && !atPoint) {
        instance.pause();
        await pause(stop);
        instance.resume();
        await instance.died(random.between(0, 500));
      }
    }
    await instance.kill();
    killed += 1;
  };
  const haunt = async (instance: Instance): Promise<void> => {
    await instance.kill();
    killed += 1;
    while (killed < kills) await live(instance);
    while (!(await instance.start()));
  };
  const haunting = new AbortController();
  const crashDatabase = async (): Promise<void> => {
    for (let next = DATABASE_EVERY / 2; !haunting.signal.aborted; ) {
      await pause(100);
      if (killed < next) continue;
      next += DATABASE_EVERY;
      await mongod.kill();
      killed += 1;
      await pause(random.between(0, 1_000));
      await mongod.restart();
    }
  };
  const database = crashDatabase();
  const done = Promise.all(instances.map(haunt)).then(async () => {
    haunting.abort();
    await database;
  });
  return {
    get killed() {
      return killed;
    },
    done,
  };
};
