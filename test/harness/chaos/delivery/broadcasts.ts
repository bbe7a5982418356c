import { setTimeout as pause } from 'node:timers/promises';
import type { Store } from '../../../../src/app/store.ts';
import type { CampaignAct } from '../../../../src/domain/campaign/states.ts';
import { addDays, dayOf } from '../../../../src/domain/day.ts';
import { makeCampaign } from '../../../../src/services/campaigns/act.ts';
import { writeEffects } from '../../../../src/services/staff/write.ts';
import type { CampaignDoc } from '../../../../src/store/campaigns.ts';
import { insert } from '../../../../src/store/effect.ts';
import { type Random, randomOf } from '../random.ts';
import { isClosed, unbegunOn, waitingRows } from './afterwards.ts';
import { type Act, type Approved, FATES } from './broadcast.ts';
import { type Clock, DAYS } from './clock.ts';
import { waitedFor } from './later.ts';
import { act, actorOf, type Officer } from './officers.ts';
import { type People, staffParts } from './people.ts';
import { areaOfPlace, PLACES, recipientsIn } from './persons.ts';
import { BOTS } from './scene.ts';

/**
 * ms between two campaigns; how long after its approval somebody acts on one, or in so many cases as soon as there are
 * messages, and how long a pause lasts.
 */
const EVERY = [800, 1_600] as const;
const AFTER = [500, 5_000] as const;
const WITH_ROWS = 0.5;
const PAUSED = [2_500, 5_000] as const;
/** So many go on the next day, where there is one. */
const TWO_DAYS = 0.3;
/** No more than so many wait for their rows at a time, on a machine however slow; and while more messages wait than this, none is begun. */
const AT_ONCE = 3;
const BACKLOG = 350;
/** What cannot be done yet is tried again (ms), as long as it makes sense. */
const TRY_EVERY = 200;

export interface BroadcastsParts {
  readonly store: Store;
  readonly people: People;
  readonly seed: number;
  readonly clock: Clock;
  readonly isOver: () => boolean;
}

/** A campaign as somebody writes it. */
const draft = ({ store, clock }: BroadcastsParts, place: number, days: number) => {
  const plan = {
    text: 'Sở Y tế mời anh/chị khai báo.',
    accented: false,
    audience: { kind: 'communes', areas: [areaOfPlace(place)] },
    channels: BOTS,
    days,
    opens: 7 * 60,
    closes: 22 * 60,
  } as const;
  const made = makeCampaign(staffParts(store), plan, actorOf('author'), clock.now());
  if (made.is !== 'made') throw new Error(`a campaign was not made: ${made.is}`);
  const first = dayOf(clock.now());
  const { document } = made;
  return { document, id: document._id, days: Array.from({ length: days }, (_, n) => addDays(first, n)) };
};

const approve = async ({ store, clock }: BroadcastsParts, document: CampaignDoc): Promise<void> => {
  await writeEffects(store.database)([insert('campaigns', document)]);
  await act(store, document._id, 'submit', 'author', clock.now());
  await act(store, document._id, 'approve', 'approver', clock.now());
};

/** Has real campaigns approved, one by one, and what is drawn done to each. Nothing else of them is done here. */
export const startBroadcasts = (parts: BroadcastsParts) => {
  const { store, people, seed, clock, isOver } = parts;
  const approved: Approved[] = [];
  const { deliveries } = store.database.collections;

  const persist = async (id: string, what: CampaignAct, who: Officer): Promise<Act | undefined> => {
    for (; !(await isClosed(store, id)); await pause(TRY_EVERY)) {
      const asked = Date.now();
      if (await act(store, id, what, who, clock.now())) return { what, asked, done: Date.now() };
    }
    return undefined; // its days were over before
  };

  /** Until a message of it waits to be sent. */
  const waits = async (id: string): Promise<void> => {
    const ready = { about: { $gt: `${id}|`, $lt: `${id}}` }, state: 'ready' as const };
    while (!(isOver() || (await isClosed(store, id)) || (await deliveries.findOne(ready))))
      await pause(TRY_EVERY);
  };

  const meddle = async ({ id, fate }: Approved, acts: Act[], random: Random): Promise<void> => {
    if (fate === 'whole') return;
    if (random.chance(WITH_ROWS)) await waits(id);
    else await pause(random.between(...AFTER));
    const first = await persist(id, fate === 'paused' ? 'pause' : 'stop', 'approver');
    if (first === undefined) return;
    acts.push(first);
    if (fate === 'stopped') return;
    await pause(random.between(...PAUSED));
    const last = await persist(id, 'resume', 'author');
    if (last !== undefined) acts.push(last);
  };

  const one = async (n: number, random: Random): Promise<void> => {
    const place = n % PLACES;
    const { document, id, days } = draft(parts, place, clock.days < DAYS && random.chance(TWO_DAYS) ? 2 : 1);
    const acts: Act[] = [];
    const recipients = recipientsIn(store, people.readers, place);
    const campaign = { id, days, fate: FATES[n % FATES.length] ?? 'whole', recipients, acts };
    approved.push(campaign); // before anybody else can see it: no day ends until it has begun
    await approve(parts, document);
    await meddle(campaign, acts, random);
  };

  const isBusy = async (): Promise<boolean> => {
    return (
      (await waitingRows(store, clock.now())) > BACKLOG ||
      (await unbegunOn(store, approved, dayOf(clock.now()))) >= AT_ONCE
    );
  };

  const all = async (): Promise<void> => {
    const random = randomOf(seed, 'broadcasts');
    const ends: Promise<void>[] = [];
    for (let n = 0; !isOver(); await pause(random.between(...EVERY))) {
      if ((await isBusy()) || clock.isEnding) continue; // asked last: a day may end while the other is
      ends.push(waitedFor(one(n, randomOf(seed, `broadcast ${n}`))));
      n += 1;
    }
    await Promise.all(ends);
  };
  return { approved: approved as readonly Approved[], done: waitedFor(all()) };
};
