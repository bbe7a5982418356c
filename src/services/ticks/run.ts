import type { Collections } from '../../store/collections.ts';
import { available } from '../../store/errors.ts';
import type { TickDoc } from '../../store/ticks.ts';
import { within } from '../../store/within.ts';
import { type Did, isMissed, NOT_DUE, type Tick } from './tick.ts';

export interface TickParts {
  readonly collections: Pick<Collections, 'ticks'>;
  readonly now: () => number;
  /** ms after which a run is given up. */
  readonly longest?: number;
}

/**
 * A tick is short, and what it asks of the database is answered within 12 s or not at all: one that takes longer than this
 * (ms) waits for an answer that never comes (`available` says how), and agenda would begin no other in this process.
 */
const LONGEST = 30_000;

/** The name of what went wrong; its message may hold what nobody should read. */
const faultName = (error: unknown): string => (error instanceof Error ? error.name : 'unknown');

const told = (did: unknown): Did => (typeof did === 'number' || did === NOT_DUE ? did : undefined);

/**
 * Runs a tick and notes when it began and ended; one that was not due stands as it stood.
 * @throws what the tick throws, or `TookTooLong`, after it is noted
 */
export const runTick = async (
  { collections: { ticks }, now, longest = LONGEST }: TickParts,
  tick: Tick,
): Promise<Did> => {
  const began = now();
  const row = { _id: tick.name };
  const begin = { $set: { beganAt: new Date(began) }, $setOnInsert: { firstAt: new Date(began) } };
  const before = await available(ticks.findOneAndUpdate(row, begin, { upsert: true }));
  let did: Did;
  try {
    did = told(await within(longest, 'the tick', tick.run(began, before?.endedAt?.getTime())));
  } catch (error) {
    await available(ticks.updateOne(row, { $set: { fault: faultName(error) } }));
    throw error;
  }
  if (did !== NOT_DUE)
    await available(ticks.updateOne(row, { $set: { endedAt: new Date(now()) }, $unset: { fault: '' } }));
  return did;
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
