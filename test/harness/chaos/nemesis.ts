import { setTimeout as pause } from 'node:timers/promises';
import type { PrivateMongod } from '../mongo.ts';
import type { Instance } from './fleet.ts';
import { Haunt, type HauntParts } from './haunt.ts';
import { CRASH_POINTS, lifeAt, lifeOf } from './lives.ts';
import { randomOf } from './random.ts';

/** One of so many kills is the database's. */
const DATABASE_EVERY = 8;
export interface NemesisParts extends HauntParts {
  readonly instances: readonly Instance[];
  readonly mongod: PrivateMongod;
}

export interface Nemesis {
  readonly killed: number;
  /** Enough has been killed: nobody need begin to talk any more. */
  readonly enough: boolean;
  /** Resolves when all have been killed often enough and run again. */
  readonly done: Promise<void>;
}

export const startNemesis = (parts: NemesisParts): Nemesis => {
  const { instances, mongod, seed, kills, tally } = parts;
  const haunt = new Haunt(parts, { CRASH_POINTS, lifeOf, lifeAt, stopped: () => 'stopped and continued' });
  let over = false;

  /** They run already. */
  const haunted = async (instance: Instance, process: number): Promise<void> => {
    await instance.kill();
    haunt.killed += 1;
    await haunt.haunt(instance, process);
  };
  const crashDatabase = async (): Promise<void> => {
    for (let next = 1; !over; ) {
      await pause(100);
      if (haunt.killed < next * DATABASE_EVERY - DATABASE_EVERY / 2) continue;
      const down = randomOf(seed, `database ${next}`).between(0, 1_000);
      next += 1;
      await mongod.kill();
      tally.add('database killed');
      haunt.killed += 1;
      await pause(down);
      await mongod.restart();
    }
  };
  const database = crashDatabase();
  const done = Promise.all(instances.map(haunted)).then(() => {
    over = true;
    return database;
  });
  return {
    get killed() {
      return haunt.killed;
    },
    get enough() {
      return over || (haunt.killed >= kills && haunt.missing.length === 0);
    },
    done,
  };
};
