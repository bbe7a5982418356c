/** What both kill harnesses share: processes are started, live a life drawn from the seed, and are killed, until it is enough. */
import { setTimeout as pause } from 'node:timers/promises';
import type { CrashPoint } from '../../../src/store/crash-point.ts';
import type { Armed, Instance } from './fleet.ts';
import type { Life } from './lives.ts';
import type { Hardship, Tally } from './tally.ts';

/** A run that is long enough to come to every crash point goes on until it has, for so many kills more at the most. */
export const LONG_ENOUGH = 50;
const MORE = 30;
/** A process that cannot start while the database is away tries again (ms). */
const TRIES_AGAIN = 200;

export interface HauntParts {
  readonly seed: number;
  readonly kills: number;
  /** How often each crash point was reached. */
  readonly points: ReadonlyMap<string, number>;
  /** How often a process stopped there, where that is tried. */
  readonly stops?: ReadonlyMap<string, number>;
  readonly tally: Tally;
}

/** A crash point at which no process has died yet, or stopped. */
export interface Missing {
  readonly point: CrashPoint;
  readonly stops: boolean;
}

/** The lives of one harness's processes; each follows from the seed alone, whatever was drawn before. */
export interface Lives {
  readonly CRASH_POINTS: readonly CrashPoint[];
  readonly lifeOf: (seed: number, process: number, n: number) => Life;
  readonly lifeAt: (seed: number, missing: Missing, n: number) => Life;
  /** What a stop of so many ms was. */
  readonly stopped: (ms: number) => Hardship;
}

const startUp = async (instance: Instance, armed?: Armed, last = false): Promise<void> => {
  while (!(await instance.start(armed, last))) await pause(TRIES_AGAIN);
};

/** One life of a process, up to its end. */
const live = async (instance: Instance, life: Life, tally: Tally, { stopped }: Lives): Promise<void> => {
  await startUp(instance, life.armed);
  const came = await instance.halts(life.ms);
  if (came === 'dead') return;
  if (life.stop) {
    if (came !== 'stopped') instance.pause(); // anywhere, also where it never came to the point it was to stop at
    await pause(life.stop.ms);
    instance.resume();
    tally.add(stopped(life.stop.ms));
    await instance.died(life.stop.longer);
  }
  tally.add('killed at random');
  await instance.kill();
};

export class Haunt {
  killed = 0;
  readonly #parts: HauntParts;
  readonly #lives: Lives;
  #more: number;

  constructor(parts: HauntParts, lives: Lives) {
    this.#parts = parts;
    this.#lives = lives;
    this.#more = parts.kills < LONG_ENOUGH ? 0 : MORE;
  }

  /** What was not tried yet and still may be. */
  get missing(): Missing | undefined {
    if (this.#more === 0) return undefined;
    const { points, stops } = this.#parts;
    for (const reached of [points, stops]) {
      const point = this.#lives.CRASH_POINTS.find((each) => reached?.get(each) === 0);
      if (point !== undefined) return { point, stops: reached === stops };
    }
    return undefined;
  }

  #next(process: number, n: number): Life | undefined {
    const { seed, kills } = this.#parts;
    if (this.killed < kills) return this.#lives.lifeOf(seed, process, n);
    const { missing } = this;
    if (missing === undefined) return undefined;
    this.#more -= 1;
    return this.#lives.lifeAt(seed, missing, n);
  }

  /** Lives and deaths of one process; at the end it runs. */
  async haunt(instance: Instance, process: number): Promise<void> {
    let n = 0;
    for (let life = this.#next(process, n); life !== undefined; life = this.#next(process, n)) {
      await live(instance, life, this.#parts.tally, this.#lives);
      this.killed += 1;
      n += 1;
    }
    await startUp(instance, undefined, true);
  }
}
