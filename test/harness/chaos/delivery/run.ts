import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { LIMITS } from '../../../../src/delivery/limits.ts';
import { countPoints } from '../reached.ts';
import { createTally, DELIVERY_HARDSHIPS, type Tally } from '../tally.ts';
import { check } from './check.ts';
import { clockOf, GOES_BY } from './clock.ts';
import type { Evidence } from './evidence.ts';
import { startFeed } from './feed.ts';
import type { Findings } from './findings.ts';
import { doubtsIn, refusedIn } from './journal.ts';
import { CRASH_POINTS } from './lives.ts';
import { historySince, momentOf, rowsIn, settled, toldFrom } from './look.ts';
import { startNemesis } from './nemesis.ts';
import { openPeople } from './people.ts';
import { BOTS, openScene, type Scene } from './scene.ts';

export interface Options {
  readonly kills: number;
  readonly seed: number;
  /** How long after the last kill everything may take to come right (ms): nothing else depends on speed. */
  readonly patience: number;
  /** The senders' logs and journals stay, and what was seen. */
  readonly keep?: boolean;
  readonly onProgress?: (sentence: string) => void;
}

export interface Outcome {
  readonly found: Findings;
  readonly kills: number;
  readonly planned: number;
  readonly seconds: number;
  readonly tally: Tally;
  readonly points: ReadonlyMap<string, number>;
  readonly stops: ReadonlyMap<string, number>;
  /** How wrong clocks were (ms); 0 where there is no `faketime`. */
  readonly skew: number;
  readonly dataDir: string;
}

interface Act extends Options {
  readonly scene: Scene;
  readonly clock: ReturnType<typeof clockOf>;
  readonly tally: Tally;
  readonly points: ReadonlyMap<string, number>;
  readonly stops: ReadonlyMap<string, number>;
  readonly ended: readonly string[];
}

const PROGRESS_EVERY = 30_000;

const limitsOf = (): Evidence['limits'] => {
  const { account, chat } = LIMITS.telegram ?? {};
  if (account === undefined || chat === undefined) throw new Error('Telegram has no limits any more');
  return { account, chat };
};

/** Kills while messages are planned; resolves when the last of them has ended, or has had its time. */
const haunt = async (act: Act, plan: (isOver: () => boolean) => ReturnType<typeof startFeed>) => {
  const { scene, kills, onProgress } = act;
  let over = false;
  const feed = plan(() => over);
  for (const way of scene.ways) way.rough(true);
  const nemesis = startNemesis({ ...scene, ...act });
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
    const people = await openPeople(store, BOTS, clock.now());
    const began = await momentOf(store);
    const { feed, kills } = await haunt(act, (isOver) =>
      startFeed({ store, people, seed, now: clock.now, isOver }),
    );
    await settled(store, Date.now() + patience);
    const journals = await scene.journals();
    const evidence: Evidence = {
      planned: feed.planned,
      rows: await rowsIn(store),
      told: toldFrom(
        scene.apis.flatMap(({ log }) => log),
        feed.alerts,
        people.staffAt,
      ),
      steps: await historySince(store, began),
      doubts: doubtsIn(journals),
      refused: refusedIn(journals),
      offset: clock.offset,
      skew: scene.skew === 0 ? 0 : GOES_BY,
      standstills: scene.standstills,
      limits: limitsOf(),
    };
    if (keep) {
      const plain = { ...evidence, doubts: [...evidence.doubts], refused: [...evidence.refused] };
      await writeFile(join(scene.dataDir, 'evidence.json'), JSON.stringify(plain));
    }
    const found = check(evidence);
    for (const how of ended) found.alas(`a sender ended by itself: ${how}`);
    return { found, kills, planned: feed.planned.length };
  } finally {
    await store.close();
  }
};

export const runDelivery = async (options: Options): Promise<Outcome> => {
  const began = Date.now();
  const tally = createTally(DELIVERY_HARDSHIPS);
  const ended: string[] = [];
  const { points, stops, ...told } = countPoints(CRASH_POINTS, tally);
  const onEnd = (how: string) => void ended.push(how);
  const clock = clockOf(began);
  const { seed } = options;
  const scene = await openScene({ seed, tally, offset: clock.offset, ...told, onEnd });
  try {
    const played = await play({ ...options, scene, clock, tally, points, stops, ended });
    const seconds = Math.round((Date.now() - began) / 1000);
    return { ...played, seconds, tally, points, stops, skew: scene.skew, dataDir: scene.dataDir };
  } finally {
    await scene.close(options.keep ?? false);
  }
};
