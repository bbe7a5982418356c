import { FLOWS } from '../../flows/index.ts';
import { ticksOf } from '../../jobs/index.ts';
import { EXERCISE_LIFE } from '../dialogue/exercise.ts';
import { leftBehindIn } from '../dialogue/left.ts';
import type { Office } from '../services/alerts/office.ts';
import type { StaffParts } from '../services/staff/parts.ts';
import { writeEffects } from '../services/staff/write.ts';
import { missedTicks, runTick } from '../services/ticks/run.ts';
import { warnOfSilence } from '../services/ticks/silence.ts';
import type { Tick } from '../services/ticks/tick.ts';
import type { Database } from '../store/connect.ts';
import { within } from '../store/within.ts';
import { startTicks, type TicksParts } from './ticks.ts';
import { exerciseName } from './training.ts';

type Parts = Omit<StaffParts, 'collections'> & { readonly database: Database };

const officeOf = (parts: Parts, database: Pick<Database, 'connection' | 'collections'>): Office => ({
  staff: { ...parts, collections: database.collections },
  write: writeEffects(database),
});

export interface Jobs {
  readonly ticks: readonly Tick[];
  readonly real: Office;
}

/** The jobs on a database and on the exercises beside it. */
export const openJobs = (parts: Parts): Jobs => {
  const { database } = parts;
  const real = officeOf(parts, database);
  const sibling = database.sibling(exerciseName(database.connection.name));
  const exercise = { ...officeOf(parts, sibling), life: EXERCISE_LIFE };
  return { ticks: ticksOf({ real, exercise, leftBehind: leftBehindIn(FLOWS) }), real };
};

/** How often the dead-man's switch looks (ms); a timer of its own: agenda may be what has stopped. */
const WATCH_EVERY = 30_000;
/**
 * A run that has not ended well so long after its time was missed (ms). agenda looks every five seconds and plans the next
 * run before this one: one that fails, for the database was away, it never makes up, and the day's report would be lost.
 */
const LATE = 60_000;

export interface WatchParts extends Pick<TicksParts, 'database' | 'onError'>, Jobs {
  readonly now?: () => number;
  readonly watchEvery?: number;
  /** ms after which a warning is given up that waits for an answer: the next look begins another. */
  readonly patience?: number;
}

/**
 * Looks at once and again and again whether the alerts' clock goes; where it does not, it warns and runs the ticks itself.
 * Where it goes, it makes up what other ticks have missed.
 */
export const startWatch = async (parts: WatchParts): Promise<() => Promise<void>> => {
  const { database, ticks, real, onError, now = Date.now, watchEvery = WATCH_EVERY } = parts;
  const { patience = WATCH_EVERY } = parts;
  const watched = now();
  let silent = false;
  const warning = oneAtATime(async () => {
    silent = (await within(patience, 'a warning', warnOfSilence(real, now(), watched))) !== null;
  }, onError);
  const making = oneAtATime(async () => {
    const at = now();
    const missed = () => missedTicks({ ...database, now: () => at }, ticks, { late: LATE, since: watched });
    for (const tick of silent ? ticks : await missed())
      await runTick({ ...database, now }, tick).catch((error: unknown) => onError(error, tick.name));
  }, onError);
  // A tick that hangs must not keep anybody from being warned.
  const watch = async (): Promise<void> => {
    await warning.run();
    await making.run();
  };
  const timer = setInterval(() => void watch(), watchEvery);
  await watch();
  return async () => {
    clearInterval(timer);
    await Promise.all([warning.ended(), making.ended()]);
  };
};

/** Whoever asks while it is being done waits for that. Never rejects: what goes wrong is told. */
const oneAtATime = (work: () => Promise<void>, onError: (error: unknown) => void) => {
  let going: Promise<void> | undefined;
  const run = (): Promise<void> => {
    going ??= work()
      .catch(onError)
      .finally(() => {
        going = undefined;
      });
    return going;
  };
  return { run, ended: async () => going };
};

/** Begins the switch, then the ticks: a downtime is told before it is forgotten. Returns how to end both. */
export const startJobs = async (
  parts: Parts,
  onError: TicksParts['onError'],
): Promise<() => Promise<void>> => {
  const jobs = openJobs(parts);
  const { database } = parts;
  const endWatch = await startWatch({ ...jobs, database, onError });
  const endTicks = await startTicks({ database, ticks: jobs.ticks, onError });
  return async () => {
    await Promise.all([endWatch(), endTicks()]);
  };
};
