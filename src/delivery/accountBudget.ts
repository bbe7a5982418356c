import { setTimeout as sleep } from 'node:timers/promises';
import type { mongo } from 'mongoose';
import { randomId } from '../security/random.ts';
import type { BudgetDoc } from '../store/budgets.ts';
import type { Lane } from '../store/deliveries.ts';
import { available, isDuplicate } from '../store/errors.ts';
import { draw, waitOf } from './bucket.ts';
import type { Limit } from './limits.ts';

interface Waiting {
  readonly lane: Lane;
  readonly cost: number;
  /** ms of the monotonic clock. */
  readonly until: number;
  readonly resolve: (wait: number) => void;
  readonly reject: (error: unknown) => void;
}

const ORDER: readonly Lane[] = ['alert', 'reply', 'reminder', 'campaign'];
/** One question takes no more than comes in within this (ms): another process wants some as well. */
const BATCH_MS = 100;
/** While nothing is to be had, a new alert is looked at after this at the latest (ms). */
const LOOK_MS = 25;
/** Not waited for in the journal: what a crash forgets is a few tokens too many, once. */
const RELAXED = { w: 1, j: false } as const;

/** The bucket of one account, asked for all that wait in this process together, alerts first. */
export class AccountBudget {
  readonly #rows: mongo.Collection<BudgetDoc>;
  readonly #id: string;
  readonly #limit: Limit;
  readonly #waiting: Waiting[] = [];
  #running = false;
  /** Taken, and not yet enough for whoever is next. */
  #credit = 0;

  constructor(rows: mongo.Collection<BudgetDoc>, id: string, limit: Limit) {
    this.#rows = rows;
    this.#id = id;
    this.#limit = limit;
  }

  /** Resolves to 0 when it may be sent; else to the ms after which it is worth asking again. */
  take(lane: Lane, cost: number, patience: number): Promise<number> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ lane, cost, until: performance.now() + patience, resolve, reject });
      this.#waiting.sort((a, b) => ORDER.indexOf(a.lane) - ORDER.indexOf(b.lane)); // stable: the oldest first
      if (!this.#running) void this.#run();
    });
  }

  async #run(): Promise<void> {
    this.#running = true;
    await Promise.resolve(); // those of the same moment ask together
    try {
      while (this.#waiting.length > 0) await this.#round();
    } catch (error) {
      for (const { reject } of this.#waiting.splice(0)) reject(error);
    } finally {
      this.#running = false;
    }
  }

  async #round(): Promise<void> {
    this.#serve();
    const [first] = this.#waiting;
    if (first === undefined) return;
    const { lane } = first;
    const wanted = this.#waiting.filter((each) => each.lane === lane);
    const all = wanted.reduce((sum, { cost }) => sum + cost, -this.#credit);
    const batch = Math.max(first.cost, (this.#limit.perSecond * BATCH_MS) / 1_000);
    const doc = await this.#draw(lane, Math.min(all, Math.ceil(batch)));
    this.#credit += doc.granted;
    if (doc.granted > 0) return this.#serve();
    await this.#rest(lane, waitOf(doc, this.#limit, lane));
  }

  #serve(): void {
    for (
      let [next] = this.#waiting;
      next !== undefined && next.cost <= this.#credit;
      [next] = this.#waiting
    ) {
      this.#credit -= next.cost;
      this.#waiting.shift();
      next.resolve(0);
    }
  }

  /** Whoever cannot wait so long comes again; the others wait here. */
  async #rest(lane: Lane, wait: number): Promise<void> {
    const now = performance.now();
    for (const each of [...this.#waiting]) {
      // Lanes behind do not get anything before this one does.
      if (ORDER.indexOf(each.lane) < ORDER.indexOf(lane) || each.until > now + wait) continue;
      this.#waiting.splice(this.#waiting.indexOf(each), 1);
      each.resolve(wait);
    }
    if (this.#waiting.length > 0) await sleep(Math.min(wait, LOOK_MS));
  }

  async #draw(lane: Lane, want: number, tries = 3): Promise<BudgetDoc> {
    const options = { upsert: true, returnDocument: 'after', writeConcern: RELAXED } as const;
    try {
      const pipeline = draw(this.#limit, lane, want, randomId());
      const doc = await available(this.#rows.findOneAndUpdate({ _id: this.#id }, pipeline, options));
      if (doc === null) throw new Error('an upsert gave no document');
      return doc;
    } catch (error) {
      if (!isDuplicate(error) || tries === 0) throw error; // two processes made the first one at once
      return this.#draw(lane, want, tries - 1);
    }
  }
}
