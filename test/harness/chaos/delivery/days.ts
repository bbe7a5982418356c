import { setTimeout as pause } from 'node:timers/promises';
import type { Store } from '../../../../src/app/store.ts';
import { dayOf } from '../../../../src/domain/day.ts';
import { openBroadcasts, unbegunOn } from './afterwards.ts';
import type { Approved } from './broadcast.ts';
import type { Clock } from './clock.ts';
import { settled } from './look.ts';
import { isReminded } from './reminded.ts';

/** When so large a share of the kills is done, the next day comes: campaigns of two days go on, those of one are over. */
const TURNS = [0.35, 0.7] as const;
const LOOK_EVERY = 300;

export interface DaysParts {
  readonly store: Store;
  readonly clock: Clock;
  readonly approved: readonly Approved[];
  readonly isOver: () => boolean;
  readonly progress: () => number;
  /** Within so long what a day asks for has begun, and what is left of it later (ms). */
  readonly patience: number;
}

type Parts = Pick<DaysParts, 'store' | 'clock' | 'approved'>;

/** Waits until all has begun, and was told, that the day asks for; what has not by then is found missing. */
const untilBegun = async ({ store, clock, approved }: Parts, until: number): Promise<void> => {
  clock.endDay();
  const hasBegun = async (): Promise<boolean> =>
    clock.isUnderWay &&
    (await isReminded(store, clock.now())) &&
    (await unbegunOn(store, approved, dayOf(clock.now()))) === 0;
  while (Date.now() < until && !(await hasBegun())) await pause(LOOK_EVERY);
};

/** Lets days pass while processes are killed. */
export const turnDays = async (parts: DaysParts): Promise<void> => {
  for (const share of TURNS) {
    while (parts.progress() < share && !parts.isOver()) await pause(LOOK_EVERY);
    await untilBegun(parts, Date.now() + parts.patience);
    parts.clock.nextDay();
  }
};

/** Lets the last day with kills end, and waits until every campaign is closed and nothing is on its way, or it is too late (ms since 1970). */
export const lastDay = async (parts: Parts, until: number): Promise<void> => {
  await untilBegun(parts, until);
  await settled(parts.store, until);
  parts.clock.nextDay();
  while (Date.now() < until && (await openBroadcasts(parts.store)) > 0) await pause(LOOK_EVERY);
  await settled(parts.store, until);
};
