import { randomUUID } from 'node:crypto';
import { MongoJobRepository } from '@agendajs/mongo-backend';
import { Agenda } from 'agenda';
import { missedTicks, runTick, type TickParts } from '../services/ticks/run.ts';
import { type Tick, ZONE } from '../services/ticks/tick.ts';
import type { Database } from '../store/connect.ts';
import { isDuplicate } from '../store/errors.ts';

export interface TicksParts extends Pick<TickParts, 'longest'> {
  readonly database: Pick<Database, 'connection' | 'collections'>;
  readonly ticks: readonly Tick[];
  /** A tick failed, or agenda did: the next one comes all the same. */
  readonly onError: (error: unknown, tick?: string) => void;
  readonly now?: () => number;
  /** ms between two looks at what is due. */
  readonly lookEvery?: number;
}

/** agenda's collection. What it says is a plan; what has happened stands in `ticks`. */
const JOBS = 'agendaJobs';
/**
 * A tick is short: whoever holds one for longer is dead, and another process takes it (ms; agenda's own: 10 min).
 * agenda leaves a timer of half of it behind each run, and a process ends only after its last timer.
 */
const LOCK = 5_000;
/** How far ahead agenda looks and how often (ms): a tick comes no more often. */
const LOOK_EVERY = 5_000;
/** A stop of the whole process takes 10 s at most. */
const DRAIN = 4_000;

type Jobs = ReturnType<NonNullable<Database['connection']['db']>['collection']>;

/**
 * agenda's repository over our own connection. Its `MongoBackend` would make a log collection we do not use, and
 * ends the process (an unhandled rejection) when the database is away while it does; and so does its `unlockJob`.
 */
const backendOf = (db: object, onError: TicksParts['onError']) => {
  type Config = ConstructorParameters<typeof MongoJobRepository>[0];
  const config = { mongo: db, db: { collection: JOBS }, ensureIndex: false } as unknown as Config;
  const repository = new MongoJobRepository(config);
  const unlock = repository.unlockJob.bind(repository);
  repository.unlockJob = (job) => unlock(job).catch((error: unknown) => onError(error));
  return {
    name: 'MongoDB',
    repository,
    ownsConnection: false,
    connect: () => repository.connect(),
    disconnect: async () => undefined,
  };
};

/** One row per tick, also when two processes start at once: agenda's own upsert has no unique index under it. */
const makeIndexes = async (jobs: Jobs): Promise<void> => {
  await jobs.createIndex({ name: 1 }, { unique: true, partialFilterExpression: { type: 'single' } });
};

/** Two that plan at once: one of them meets the unique index, and finds the row the second time. */
const plan = async (agenda: Agenda, { cron, name }: Tick): Promise<void> => {
  const every = () => agenda.every(cron, name, undefined, { timezone: ZONE });
  await every().catch((error: unknown) => {
    if (!isDuplicate(error)) throw error;
    return every();
  });
};

/**
 * Begins the ticks: first those that were missed, once; then agenda, which is started before anything is planned
 * (the other way round it would lose what is overdue). Returns how to end them.
 */
export const startTicks = async (parts: TicksParts): Promise<() => Promise<void>> => {
  const { database, ticks, onError, now = Date.now, lookEvery = LOOK_EVERY, longest } = parts;
  const db = database.connection.db;
  if (db === undefined) throw new Error('the database is not connected');
  const jobs = db.collection(JOBS);
  await makeIndexes(jobs);
  const clock = { ...database, now, ...(longest !== undefined && { longest }) };
  const run = (tick: Tick) => runTick(clock, tick).catch((error: unknown) => onError(error, tick.name));
  for (const tick of await missedTicks({ ...database, now }, ticks)) await run(tick);
  const name = `khaibao-${randomUUID()}`;
  const backend = backendOf(db, onError);
  const agenda = new Agenda({ name, backend, processEvery: lookEvery, defaultLockLifetime: LOCK });
  agenda.on('error', (error: unknown) => onError(error));
  for (const tick of ticks) agenda.define(tick.name, () => run(tick), { concurrency: 1, lockLimit: 1 });
  await agenda.start();
  for (const tick of ticks) await plan(agenda, tick);
  return async () => {
    await agenda.drain({ timeout: DRAIN, closeConnection: false });
    // What this process had locked and not begun is free for the others at once.
    await jobs.updateMany({ lastModifiedBy: name, lockedAt: { $ne: null } }, { $set: { lockedAt: null } });
  };
};
