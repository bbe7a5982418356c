import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { countPoints } from '../reached.ts';
import { createTally, DELIVERY_HARDSHIPS, type Tally } from '../tally.ts';
import type { Broadcast } from './broadcast.ts';
import { check } from './check.ts';
import { type Clock, clockOf } from './clock.ts';
import { lastDay } from './days.ts';
import { type FeedParts, startFeed } from './feed.ts';
import type { Findings } from './findings.ts';
import { gather } from './gather.ts';
import { momentOf } from './look.ts';
import { startNemesis } from './nemesis.ts';
import { storeOfficers } from './officers.ts';
import { openPeople } from './people.ts';
import { pointsOf, pointsTried } from './points.ts';
import { storeReminded } from './reminded.ts';
import { BOTS, openScene, type Scene } from './scene.ts';
import type { Skew } from './skew.ts';

export interface Options {
  readonly kills: number;
  readonly seed: number;
  /** How long after the last kill everything may take to come right (ms): nothing else depends on speed. */
  readonly patience: number;
  /** Makes the clocks of two senders wrong; without it all are right. */
  readonly skewed: Skew | undefined;
  /** The senders' logs and journals stay, and what was seen. */
  readonly keep?: boolean;
  readonly onProgress?: (sentence: string) => void;
}

export interface Outcome {
  readonly found: Findings;
  readonly kills: number;
  readonly planned: number;
  readonly broadcasts: readonly Broadcast[];
  readonly seconds: number;
  readonly tally: Tally;
  readonly points: ReadonlyMap<string, number>;
  readonly stops: ReadonlyMap<string, number>;
  readonly dataDir: string;
}

interface Act extends Options {
  readonly scene: Scene;
  readonly clock: Clock;
  readonly tally: Tally;
  readonly points: ReadonlyMap<string, number>;
  readonly stops: ReadonlyMap<string, number>;
  readonly ended: readonly string[];
}

const PROGRESS_EVERY = 30_000;

type Watch = Pick<FeedParts, 'isOver' | 'progress'>;

/** Kills while messages are planned; resolves when the last of them has ended, or has had its time. */
const haunt = async (act: Act, plan: (watch: Watch) => ReturnType<typeof startFeed>) => {
  const { scene, kills, onProgress } = act;
  let over = false;
  for (const way of scene.ways) way.rough(true);
  const nemesis = startNemesis({ ...scene, ...act });
  const feed = plan({ isOver: () => over, progress: () => nemesis.killed / kills });
  const telling = setInterval(() => {
    onProgress?.(`${nemesis.killed} of ${kills} kills, ${feed.planned.length} messages`);
  }, PROGRESS_EVERY);
  await nemesis.done.finally(() => {
    over = true;
    clearInterval(telling);
  });
  for (const way of scene.ways) way.rough(false);
  await feed.done;
  return { feed, kills: nemesis.killed };
};

/** Everything that happens between the first start and the last look. */
const play = async (act: Act) => {
  const { scene, seed, clock, patience, ended, keep } = act;
  const store = await scene.openStore();
  try {
    const first = clock.now();
    const people = await openPeople(store, BOTS, first);
    await storeOfficers(store, BOTS[0]);
    await storeReminded(store, people.readers, first);
    const began = await momentOf(store);
    const { feed, kills } = await haunt(act, (watch) =>
      startFeed({ store, people, seed, clock, patience, ...watch }),
    );
    await lastDay({ store, clock, approved: feed.approved }, Date.now() + patience);
    const evidence = await gather({ store, scene, clock, people, feed, first, began });
    if (keep) {
      const { doubts, refused, heardOf } = evidence;
      const plain = { ...evidence, doubts: [...doubts], refused: [...refused], heardOf: [...heardOf] };
      await writeFile(join(scene.dataDir, 'evidence.json'), JSON.stringify(plain));
    }
    const found = check(evidence);
    for (const how of ended) found.alas(`a sender ended by itself: ${how}`);
    return { found, kills, planned: evidence.planned.length, broadcasts: evidence.broadcasts };
  } finally {
    await store.close();
  }
};

export const runDelivery = async (options: Options): Promise<Outcome> => {
  const began = Date.now();
  const tally = createTally(DELIVERY_HARDSHIPS);
  const ended: string[] = [];
  const tried = pointsTried(pointsOf(options.kills));
  const { points, stops, ...told } = countPoints(tried.dies, tally, tried.stops);
  const onEnd = (how: string) => void ended.push(how);
  const dataDir = await mkdtemp(join(tmpdir(), 'khaibao-delivery-'));
  const clockFile = join(dataDir, 'clock');
  const { seed, skewed } = options;
  const scene = await openScene({ seed, tally, dataDir, clockFile, skewed, ...told, onEnd });
  const clock = clockOf(Date.now(), clockFile); // the night is short: on a slow machine it would be over before the first start
  try {
    const played = await play({ ...options, scene, clock, tally, points, stops, ended });
    const seconds = Math.round((Date.now() - began) / 1000);
    return { ...played, seconds, tally, points, stops, dataDir: scene.dataDir };
  } finally {
    await scene.close(options.keep ?? false);
  }
};
