import type { Collections } from '../../store/collections.ts';
import { available } from '../../store/errors.ts';
import type { TickDoc } from '../../store/ticks.ts';
import { isMissed, type Tick } from './tick.ts';

export interface TickParts {
  readonly collections: Pick<Collections, 'ticks'>;
  readonly now: () => number;
}

/** The name of what went wrong; its message may hold what nobody should read. */
const faultName = (error: unknown): string => (error instanceof Error ? error.name : 'unknown');

/** Runs a tick and notes when it began and ended. @throws what the tick throws, after it is noted */
export const runTick = async ({ collections: { ticks }, now }: TickParts, tick: Tick): Promise<void> => {
  const began = now();
  const row = { _id: tick.name };
  const begin = { $set: { beganAt: new Date(began) } };
  const before = await available(ticks.findOneAndUpdate(row, begin, { upsert: true }));
  try {
    await tick.run(began, before?.endedAt?.getTime());
  } catch (error) {
    await available(ticks.updateOne(row, { $set: { fault: faultName(error) } }));
    throw error;
  }
  await available(ticks.updateOne(row, { $set: { endedAt: new Date(now()) }, $unset: { fault: '' } }));
};

/** When the last run began that ended well: one that failed, or that a crash cut off, counts for none. */
const lastDone = ({ beganAt, endedAt }: TickDoc): number => {
  const ended = endedAt?.getTime() ?? 0;
  return Math.min(beganAt.getTime(), ended);
};

/** Those of the ticks that were missed while no process lived, or left undone, and are still worth a run. */
export const missedTicks = async (
  { collections, now }: TickParts,
  all: readonly Tick[],
): Promise<readonly Tick[]> => {
  const rows = await available(collections.ticks.find().toArray());
  const done = new Map(rows.map((row) => [row._id, lastDone(row)]));
  return all.filter((tick) => isMissed(tick, done.get(tick.name), now()));
};
