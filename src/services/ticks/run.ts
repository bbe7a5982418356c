import type { Collections } from '../../store/collections.ts';
import { available } from '../../store/errors.ts';
import type { TickDoc } from '../../store/ticks.ts';
import { TookTooLong, within } from '../../store/within.ts';
import { type Did, isMissed, NOT_DUE, type Tick } from './tick.ts';

export interface TickParts {
  readonly collections: Pick<Collections, 'ticks'>;
  readonly now: () => number;
  /** ms after which a run is given up. */
  readonly longest?: number;
}

/**
 * A tick is short: one that takes longer than this (ms) may wait for an answer that never comes (`available` says how), and
 * agenda would begin no other in this process. What was only slow goes on, and its end is noted when it comes.
 */
const LONGEST = 30_000;

/** The name of what went wrong; its message may hold what nobody should read. */
const faultName = (error: unknown): string => (error instanceof Error ? error.name : 'unknown');

const told = (did: unknown): Did => (typeof did === 'number' || did === NOT_DUE ? did : undefined);

/** Runs it and notes how that ended, also when nobody waits for it any more. */
const runNoted = async (
  { collections: { ticks }, now }: TickParts,
  tick: Tick,
  began: number,
  since?: number,
) => {
  const row = { _id: tick.name };
  let did: Did;
  try {
    did = told(await tick.run(began, since));
  } catch (error) {
    await available(ticks.updateOne(row, { $set: { fault: faultName(error) } }));
    throw error;
  }
  if (did !== NOT_DUE)
    await available(ticks.updateOne(row, { $set: { endedAt: new Date(now()) }, $unset: { fault: '' } }));
  return did;
};

/**
 * Runs a tick and notes when it began and ended; one that was not due stands as it stood.
 * @throws what the tick throws, or `TookTooLong`, after it is noted
 */
export const runTick = async (parts: TickParts, tick: Tick): Promise<Did> => {
  const { now, longest = LONGEST } = parts;
  const { ticks } = parts.collections;
  const began = now();
  const row = { _id: tick.name };
  const begin = { $set: { beganAt: new Date(began) }, $setOnInsert: { firstAt: new Date(began) } };
  const before = await available(ticks.findOneAndUpdate(row, begin, { upsert: true }));
  const running = runNoted(parts, tick, began, before?.endedAt?.getTime());
  if (longest === Number.POSITIVE_INFINITY) return running;
  try {
    return await within(longest, 'the tick', running);
  } catch (error) {
    if (error instanceof TookTooLong) await available(ticks.updateOne(row, { $set: { fault: error.name } }));
    throw error;
  }
};

/** When the last run began that ended well: one that failed, or that a crash cut off, counts for none. */
const lastDone = ({ beganAt, endedAt }: TickDoc): number => {
  const ended = endedAt?.getTime() ?? 0;
  return Math.min(beganAt.getTime(), ended);
};

export interface Watched {
  /** So many ms after its time a run is missed: before that it may be under way. */
  readonly late: number;
  /** Since when somebody watches (ms since 1970): a tick that never even began has missed what was due since then. */
  readonly since: number;
}

/** Those of the ticks that were missed while no process lived, or left undone, and are still worth a run. */
export const missedTicks = async (
  { collections, now }: TickParts,
  all: readonly Tick[],
  watched?: Watched,
): Promise<readonly Tick[]> => {
  const rows = await available(collections.ticks.find().toArray());
  const done = new Map(rows.map((row) => [row._id, lastDone(row)]));
  // Whoever runs it now, or has just failed, is not joined by everybody who watches.
  const busy = new Set(
    rows.filter(({ beganAt }) => now() - beganAt.getTime() < (watched?.late ?? 0)).map(({ _id }) => _id),
  );
  return all.filter(
    (tick) =>
      !busy.has(tick.name) && isMissed(tick, done.get(tick.name) ?? watched?.since, now(), watched?.late),
  );
};
