import type { mongo } from 'mongoose';
import type { Collections } from '../store/collections.ts';
import { DURABLE } from '../store/connect.ts';
import { ON_ITS_WAY } from '../store/deliveries.ts';
import { available } from '../store/errors.ts';
import type { InstallationDoc } from '../store/installation.ts';

type Stored = Pick<Collections, 'installation' | 'deliveries'>;

/** The one document. A database that never began an epoch is in its first. */
const ID = { _id: 'installation' } as const;
const FIRST = { epoch: 1, holding: false } as const;

/** The database is older than what this process has seen: a backup was restored under it. */
class RestoredBackup extends Error {
  override readonly name = 'RestoredBackup';
  readonly code = 'delivery.restored';
  readonly retryable = false;
}

const current = async (rows: mongo.Collection<InstallationDoc>) =>
  (await available(rows.findOne(ID))) ?? FIRST;

/**
 * Begins a new epoch and holds what was on its way in the old one. May be run again after a crash: until all rows are
 * held, nothing is sent. Returns the epoch and how many rows are held by it.
 */
export const beginEpoch = async ({ installation, deliveries }: Stored, by: string, now: number) => {
  const { epoch: old, holding } = await current(installation);
  const epoch = holding ? old : old + 1; // the one that was begun and not finished
  const begun = { epoch, by, at: new Date(now), holding: true };
  await available(installation.updateOne(ID, { $set: begun }, { upsert: true, writeConcern: DURABLE }));
  const onItsWay = { state: { $in: [...ON_ITS_WAY] } };
  const hold = {
    $set: { state: 'held' as const, heldBy: epoch },
    $min: { readyAt: new Date(now) }, // a campaign's pause puts its rows off for good: 90 days would never be over
    $inc: { epoch: 1 }, // who holds a row writes nothing more to it
    $unset: { leaseUntil: '' as const, claim: '' as const },
  };
  const { modifiedCount } = await available(deliveries.updateMany(onItsWay, hold), Number.POSITIVE_INFINITY);
  await available(installation.updateOne(ID, { $set: { holding: false } }, { writeConcern: DURABLE }));
  return { epoch, held: modifiedCount };
};

/** A restore somebody told of by beginning an epoch: its number, and the moment of it, ms since 1970. */
export interface Restore {
  readonly epoch: number;
  readonly at: number;
}

/** The last restore anybody told of. What had been due before it may have been sent in the life that was lost. */
export const lastRestore = async ({
  installation,
}: Pick<Stored, 'installation'>): Promise<Restore | undefined> => {
  const doc = await available(installation.findOne(ID));
  return doc === null ? undefined : { epoch: doc.epoch, at: doc.at.getTime() };
};

/** For a message that is written now and was due at an instant: held where it may have been sent before the restore. */
export const heldBy = (restore: Restore | undefined, due: number): { readonly heldBy?: number } =>
  restore !== undefined && due <= restore.at ? { heldBy: restore.epoch } : {};

/** Whether something may be sent. Asked before the first row is claimed, and again with every sweep. */
export class OutboxEpoch {
  readonly #rows: mongo.Collection<InstallationDoc> | undefined;
  #known = 0;
  /** The epoch of a backup that was restored under us. */
  #setBack = Number.POSITIVE_INFINITY;
  #open = false;

  constructor(rows: mongo.Collection<InstallationDoc> | undefined) {
    this.#rows = rows;
  }

  /** False until it was asked, while rows of an old epoch are being held, and in a backup restored under us. */
  get open(): boolean {
    return this.#open;
  }

  /** Looks where the database stands. Throws `RestoredBackup` while it is set back and nobody began a new epoch. */
  async look(): Promise<void> {
    const { epoch, holding } = this.#rows === undefined ? FIRST : await current(this.#rows);
    if (epoch < this.#known) this.#setBack = epoch;
    else if (epoch > this.#setBack) this.#setBack = Number.POSITIVE_INFINITY; // somebody has decided
    this.#known = epoch;
    this.#open = !holding && this.#setBack === Number.POSITIVE_INFINITY;
    if (this.#setBack === epoch)
      throw new RestoredBackup(
        `Epoch ${epoch} came back: after a restore, khaibao deliveries epoch --by <name>.`,
      );
  }
}
