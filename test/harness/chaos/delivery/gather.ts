import type { Store } from '../../../../src/app/store.ts';
import { LIMITS } from '../../../../src/delivery/limits.ts';
import { broadcastsSince } from './afterwards.ts';
import { type Clock, DAYS, GOES_BY } from './clock.ts';
import type { Evidence } from './evidence.ts';
import type { startFeed } from './feed.ts';
import { doubtsIn, refusedIn } from './journal.ts';
import { heardOfIn, historySince, type Moment, notifiedIn, rowsIn, toldFrom } from './look.ts';
import type { People } from './people.ts';
import type { Scene } from './scene.ts';
import { tickRows } from './tickRows.ts';

const limitsOf = (): Evidence['limits'] => {
  const { account, chat } = LIMITS.telegram ?? {};
  if (account === undefined || chat === undefined) throw new Error('Telegram has no limits any more');
  return { account, chat };
};

export interface GatherParts {
  readonly store: Store;
  readonly scene: Scene;
  readonly clock: Clock;
  readonly people: People;
  readonly feed: ReturnType<typeof startFeed>;
  /** When it began: by the run's clock (ms since 1970), and by the database's log. */
  readonly first: number;
  readonly began: Moment;
}

/** All that the checker reads, when everything is over. */
export const gather = async (parts: GatherParts): Promise<Evidence> => {
  const { store, scene, clock, people, feed, first, began } = parts;
  const notified = await notifiedIn(store); // before what the platforms heard: some may be under way
  const journals = await scene.journals();
  const broadcasts = await broadcastsSince(store, feed.approved, began);
  const byTicks = await tickRows(store, broadcasts, people.readers, { began: first, days: DAYS });
  const heard = scene.apis.flatMap(({ log }) => log);
  return {
    planned: [...feed.planned, ...byTicks],
    broadcasts,
    notified,
    heardOf: heardOfIn(heard),
    ended: clock.now(),
    rows: await rowsIn(store),
    told: toldFrom(heard, feed.alerts, people.staffAt),
    steps: await historySince(store, began),
    doubts: doubtsIn(journals),
    refused: refusedIn(journals),
    clock: clock.at,
    skew: scene.skew === 0 ? 0 : GOES_BY,
    standstills: scene.standstills,
    limits: limitsOf(),
  };
};
