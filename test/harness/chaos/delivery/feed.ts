import { setTimeout as pause } from 'node:timers/promises';
import type { Store } from '../../../../src/app/store.ts';
import type { Level } from '../../../../src/domain/declaration.ts';
import { planAlert } from '../../../../src/services/alerts/plan.ts';
import { writeEffects } from '../../../../src/services/staff/write.ts';
import type { DeliveryDoc } from '../../../../src/store/deliveries.ts';
import { declaredOf } from '../../../domain/risk/facts.ts';
import { randomOf } from '../random.ts';
import { waitingRows } from './afterwards.ts';
import { startBroadcasts } from './broadcasts.ts';
import type { Clock } from './clock.ts';
import { turnDays } from './days.ts';
import type { Planned } from './evidence.ts';
import { waitedFor } from './later.ts';
import { type People, staffParts } from './people.ts';
import { alertTag } from './sign.ts';
import { planWave } from './wave.ts';

/** A wave is planned while fewer rows than this wait: there is always something to send, and never too much of it. */
const BACKLOG = 250;
const WAVE = 60;
const LOOK_EVERY = 400;
/** ms between two alerts; a chat of the staff takes about one message a second. */
const ALERTS = [2_000, 3_500] as const;
/** Of the alerts so many become graver after that: whoever was told of them is told again. */
const GRAVER = 0.5;

export interface FeedParts {
  readonly store: Store;
  readonly people: People;
  readonly seed: number;
  readonly clock: Clock;
  readonly isOver: () => boolean;
  /** The share of the kills that are done. */
  readonly progress: () => number;
  /** How long may be waited for what a day asks for (ms). */
  readonly patience: number;
}

/** Decides what is to be sent, as long as it is not over: campaigns and reminders in waves, and alerts one by one. */
export const startFeed = (parts: FeedParts) => {
  const { store, people, seed, clock, isOver } = parts;
  const { now } = clock;
  const { approved, done: meddled } = startBroadcasts(parts);
  const planned: Planned[] = [];
  const alerts: string[] = [];
  const plan = planAlert(staffParts(store));
  const write = writeEffects(store.database);

  const campaigns = async (): Promise<void> => {
    const random = randomOf(seed, 'campaigns');
    for (let n = 0; !isOver(); await pause(LOOK_EVERY)) {
      if ((await waitingRows(store, now())) > BACKLOG) continue;
      const { readers } = people;
      const wave = Array.from({ length: WAVE }, (_, m) => readers[(n * WAVE + m) % readers.length]);
      const chosen = wave.filter((reader) => reader !== undefined);
      planned.push(...(await planWave(store, chosen, `c${n}`, now(), random)));
      n += 1;
    }
  };

  /** The last message about each alert to each member. */
  const words = new Map<string, string>();
  const raise = async (n: number, level: Level): Promise<void> => {
    const { effects } = await plan({
      declaration: `declaration-${n}`,
      person: `person-${n}`,
      declared: declaredOf({ symptoms: ['fever', 'breath'] }),
      level,
      reasons: [],
      area: '12',
      at: now(),
    });
    if (!(await write(effects))) return; // a member was not reached meanwhile, and the alert has changed
    const committed = Date.now();
    for (const effect of effects) {
      if (!('insert' in effect)) continue;
      const { collection, documents } = effect.insert;
      if (collection === 'alerts') alerts.push(...documents.map(({ _id }) => String(_id)));
      if (collection !== 'deliveries') continue;
      for (const { _id: id, about, staff, readyAt } of documents as readonly DeliveryDoc[]) {
        const thing = `${about} ${staff}`;
        const [tag, after] = [alertTag(String(about), staff, level), words.get(thing)];
        const times = { from: readyAt.getTime(), committed };
        planned.push({ id, tag, purpose: 'alert', expect: 'sent', ...times, ...(after && { after }) });
        words.set(thing, id);
      }
    }
  };

  const dutyDesk = async (): Promise<void> => {
    const random = randomOf(seed, 'alerts');
    for (let n = 0; !isOver(); n += 1) {
      await raise(n, 'high');
      await pause(random.between(...ALERTS));
      if (!random.chance(GRAVER)) continue;
      await raise(n, 'critical');
      await pause(random.between(...ALERTS));
    }
  };

  const done = waitedFor(Promise.all([campaigns(), dutyDesk(), meddled, turnDays({ ...parts, approved })]));
  return { planned, alerts, approved, done };
};
