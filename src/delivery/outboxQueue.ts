import type { mongo } from 'mongoose';
import { randomId } from '../security/random.ts';
import { crashPoint } from '../store/crash-point.ts';
import type { DeliveryDoc, Lane } from '../store/deliveries.ts';
import { available } from '../store/errors.ts';
import { settled } from './outboxChanges.ts';
import type { OutboxWrites, Seen } from './outboxWrites.ts';

/** Rows whose lease ran out that one look settles. */
const RECOVER_AT_ONCE = 200;
/** Where another process was quicker, the next look chooses among so many times as many rows. */
const SPREAD = 4;

/** What one look brought; `more`: there may be others, look again when there is room. */
export interface Claimed {
  readonly rows: readonly DeliveryDoc[];
  readonly more: boolean;
}

/**
 * Of the slots for alerts so many are never given to what has long failed to leave (`missedAt`): a platform that accepts and
 * says nothing holds a slot for fifteen seconds, and hundreds of old news may be waiting for it.
 */
const FOR_FRESH = 12;
/** Written to be read at once; what is for later is never in them. */
const AT_ONCE: ReadonlySet<Lane> = new Set<Lane>(['alert', 'reply']);

/** What a lane asks for. */
export interface Claim {
  readonly lane: Lane;
  readonly most: number;
  /** The clock of this process, ms since 1970. */
  readonly own: number;
}

const shuffled = <T>(items: readonly T[]): T[] =>
  items
    .map((item) => ({ item, at: Math.random() }))
    .sort((a, b) => a.at - b.at)
    .map(({ item }) => item);

/**
 * Rows are due by the database's clock. What a process whose clock is ahead has written for this moment lies in the future
 * by that clock: it sends such rows at once, as long as nobody has had them (what is put back goes by the database's clock).
 */
const dueBy = ({ lane, own }: Claim, now: number) => {
  const ready = { state: 'ready' as const, lane };
  const due = { ...ready, readyAt: { $lte: new Date(now) } };
  if (own <= now || !AT_ONCE.has(lane)) return due;
  return { ...ready, $or: [{ readyAt: due.readyAt }, { readyAt: { $lte: new Date(own) }, epoch: 0 }] };
};
type Due = ReturnType<typeof dueBy>;

/** The rows of `deliveries` as a queue. A row is leased with an epoch, and every later write names it. */
export class OutboxQueue {
  readonly #rows: mongo.Collection<DeliveryDoc>;
  readonly #lease: number;
  #contended = false;

  /** @param lease ms a process may hold a row; must be longer than a send may take */
  constructor(rows: mongo.Collection<DeliveryDoc>, lease: number) {
    this.#rows = rows;
    this.#lease = lease;
  }

  /**
   * Takes up to so many of the oldest rows of a lane that are due, in one write; each is exactly one process's.
   * @param now by the database's clock, ms since 1970
   */
  async claim(asked: Claim, now: number): Promise<Claimed> {
    const { most, lane } = asked;
    const due = dueBy(asked, now);
    // Not of alerts: of two words about one the older shall come first, and where the newer is taken it must be too.
    const spread = this.#contended && lane !== 'alert';
    const limit = spread ? most * SPREAD : most;
    const found = await this.#due(due, asked, limit);
    if (found.length === 0) return { rows: [], more: false };
    const chosen = (spread ? shuffled(found) : found).slice(0, most).map(({ _id }) => _id);
    const claim = randomId();
    const lease = { state: 'leased' as const, leaseUntil: new Date(now + this.#lease), claim };
    const ours = { ...due, _id: { $in: chosen } };
    const came = await available(this.#rows.updateMany(ours, { $set: lease, $inc: { epoch: 1 } }));
    this.#contended = came.matchedCount < chosen.length;
    crashPoint('outbox-claimed');
    const mine = { _id: { $in: chosen }, claim };
    const rows = came.matchedCount === 0 ? [] : await available(this.#rows.find(mine).toArray());
    return { rows, more: this.#contended || found.length === limit };
  }

  /** The oldest that are due; of alerts those first that have not long failed, and few of the others. */
  async #due(due: Due, { lane, most }: Claim, limit: number): Promise<readonly Pick<DeliveryDoc, '_id'>[]> {
    const find = (filter: object, some: number) => {
      const options = { projection: { _id: 1 }, sort: { readyAt: 1 }, limit: some } as const;
      return available(this.#rows.find({ ...due, ...filter }, options).toArray());
    };
    if (lane !== 'alert') return find({}, limit);
    const fresh = await find({ missedAt: { $exists: false } }, limit);
    const room = Math.min(most - FOR_FRESH, limit - fresh.length);
    return room > 0 ? [...fresh, ...(await find({ missedAt: { $exists: true } }, room))] : fresh;
  }

  /** What was last sent to the same member about the same thing, for another purpose, if it can be edited. */
  lastSent({ about, staff }: DeliveryDoc, purpose: string): Promise<DeliveryDoc | null> {
    if (about === undefined || staff === undefined) return Promise.resolve(null);
    const sent = { about, purpose, staff, state: 'sent' as const, sentAs: { $exists: true } };
    return available(this.#rows.findOne(sent, { sort: { sentAt: -1 } }));
  }

  /** Settles what a process that died left behind. Returns how many of it were in doubt. */
  async recover(writes: OutboxWrites, now: number): Promise<number> {
    const late = { leaseUntil: { $lt: new Date(now) } };
    const rows = await available(this.#rows.find(late).limit(RECOVER_AT_ONCE).toArray());
    if (rows.length > 0) crashPoint('outbox-in-recovery');
    // The holder may live, and have gone on between the look and this write: the same epoch says nothing of that.
    const asRead = ({ state, leaseUntil }: DeliveryDoc): Seen => ({
      state,
      ...(leaseUntil && { leaseUntil }),
    });
    await Promise.all(rows.map((row) => writes.write(row, settled(row, now), asRead(row))));
    return rows.filter(({ state }) => state === 'submitting').length;
  }
}
