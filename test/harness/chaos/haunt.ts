/** What both kill harnesses share: processes are started, live a life drawn from the seed, and are killed, until it is enough. */
import { setTimeout as pause } from 'node:timers/promises';
import type { CrashPoint } from '../../../src/store/crash-point.ts';
import type { Armed, Instance } from './fleet.ts';
import type { Life } from './lives.ts';
import type { Hardship, Tally } from './tally.ts';

/** A run that is long enough to come to every crash point goes on until it has, for so many kills more at the most. */
export const LONG_ENOUGH = 50;
const MORE = 30;
/** How often is looked whether somebody else came to the place a life is for (ms). */
const LOOK_EVERY = 1_000;
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

/** How a life ended within so many ms, as long as it is wanted. */
const halts = async (instance: Instance, ms: number, isWanted: () => boolean) => {
  for (let left = ms; left > 0 && isWanted(); left -= LOOK_EVERY) {
    const came = await instance.halts(Math.min(left, LOOK_EVERY));
    if (came !== 'runs') return came;
  }
  return 'runs';
};

/** A life, and as long as what it is for is wanted. */
interface Lived {
  readonly life: Life;
  readonly isWanted: () => boolean;
}

/** One life of a process, up to its end. */
const live = async (
  instance: Instance,
  { life, isWanted }: Lived,
  tally: Tally,
  { stopped }: Lives,
): Promise<void> => {
  await startUp(instance, life.armed);
  const came = await halts(instance, life.ms, isWanted);
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
  get missing(): readonly Missing[] {
    if (this.#more === 0) return [];
    const { points, stops = new Map<string, number>() } = this.#parts;
    return [points, stops].flatMap((reached) =>
      this.#lives.CRASH_POINTS.filter((each) => reached.get(each) === 0).map((point) => ({
        point,
        stops: reached === stops,
      })),
    );
  }

  #next(process: number, n: number): Lived | undefined {
    const { seed, kills, points, stops } = this.#parts;
    if (this.killed < kills) return { life: this.#lives.lifeOf(seed, process, n), isWanted: () => true };
    const { missing } = this;
    const next = missing[process % Math.max(1, missing.length)]; // each process goes to another one
    if (next === undefined) return undefined;
    this.#more -= 1;
    const isWanted = () => (next.stops ? stops : points)?.get(next.point) === 0;
    return { life: this.#lives.lifeAt(seed, next, n), isWanted };
  }

  /** Lives and deaths of one process; at the end it runs. */
  async haunt(instance: Instance, process: number): Promise<void> {
    let n = 0;
    for (let next = this.#next(process, n); next !== undefined; next = this.#next(process, n)) {
      await live(instance, next, this.#parts.tally, this.#lives);
      this.killed += 1;
      n += 1;
    }
    await startUp(instance, undefined, true);
  }
}
