import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { linkStaff, takeStraightPath } from './before.ts';
import { openPhones, startCrowd } from './cast.ts';
import { toldBy } from './check-alerts.ts';
import { whoIs } from './check-updates.ts';
import { check, type Person } from './checker.ts';
import { type City, openCity } from './city.ts';
import type { Findings } from './findings.ts';
import { CRASH_POINTS } from './lives.ts';
import { startNemesis } from './nemesis.ts';
import { countPoints } from './reached.ts';
import { settled } from './settle.ts';
import { createTally, type Tally } from './tally.ts';

export interface Options {
  readonly kills: number;
  readonly seed: number;
  /** How many people talk at a time. */
  readonly chats: number;
  /** How long after the last kill everything may take to come right (ms): nothing else depends on speed. */
  readonly patience: number;
  /** The servers' logs stay. */
  readonly keep?: boolean;
  /** Is told now and then how far it is. */
  readonly onProgress?: (sentence: string) => void;
}

export interface Outcome {
  readonly found: Findings;
  readonly kills: number;
  readonly people: number;
  readonly seconds: number;
  readonly tally: Tally;
  /** How often each crash point was reached. */
  readonly points: ReadonlyMap<string, number>;
  /** Where logs and all that was heard are, if they were to be kept or something was found wrong. */
  readonly kept?: string;
}

interface Scene extends Options {
  readonly city: City;
  readonly tally: Tally;
  readonly points: ReadonlyMap<string, number>;
  readonly ended: readonly string[];
}

const PROGRESS_EVERY = 30_000;

/** What everybody was sent, beside the servers' logs: for whoever looks for the cause. */
const keepHeard = async (dataDir: string, people: readonly Person[]): Promise<void> => {
  const heard = people.map(async ({ phone }) => [whoIs(phone.ledger), await phone.heard()] as const);
  const all = Object.fromEntries(await Promise.all(heard));
  await writeFile(join(dataDir, 'heard.json'), JSON.stringify(all, undefined, 1));
};

/** Everything that happens between the first start and the last look. */
const play = async (scene: Scene) => {
  const { city, seed, kills, chats, patience, tally, ended, onProgress } = scene;
  await city.instances[0]?.start();
  const store = await city.openStore();
  try {
    const { phoneOf, aside } = openPhones({ city, store, seed, tally });
    const staff = await linkStaff(store, phoneOf);
    const straight = await takeStraightPath(store, phoneOf); // with one process alone, which nothing can confuse
    await Promise.all(city.instances.slice(1).map((instance) => instance.start()));

    city.rough(true);
    const nemesis = startNemesis({ ...scene, ...city });
    const crowd = startCrowd({ seed, chats, phoneOf, isOver: () => nemesis.enough });
    const telling = setInterval(() => {
      onProgress?.(`${nemesis.killed} of ${kills} kills, ${crowd.people.length} people`);
    }, PROGRESS_EVERY);
    await nemesis.done;
    clearInterval(telling);
    city.rough(false);

    const until = Date.now() + patience;
    await Promise.race([crowd.done.then(aside), pause(patience, undefined, { ref: false })]);
    const owed = await settled(store, until);
    const people = [...straight.people, ...crowd.people];
    const told = staff.map(({ ledger }) => toldBy(store, city.api, ledger));
    const found = await check({ store, people, staff: told, straightOf: straight.straightOf });
    found.wrong('lost', `${owed} chats and deliveries wait for something that nobody sends`, owed);
    found.wrong('lost', `${crowd.shutOut} people never got their page`, crowd.shutOut);
    for (const how of ended) found.alas(`a server ended by itself: ${how}`);
    if (found.sentences.length > 0) await keepHeard(city.dataDir, people);
    for (const { phone } of people) phone.close();
    return { found, kills: nemesis.killed, people: people.length };
  } finally {
    await store.close();
  }
};

export const runDialogue = async (options: Options): Promise<Outcome> => {
  const began = Date.now();
  const tally = createTally();
  const ended: string[] = [];
  const { points, onCrash } = countPoints(CRASH_POINTS, tally);
  const onEnd = (how: string) => void ended.push(how);
  const city = await openCity({ seed: options.seed, tally, onCrash, onEnd });
  let keep = options.keep ?? false;
  try {
    const played = await play({ ...options, city, tally, points, ended });
    const seconds = Math.round((Date.now() - began) / 1000);
    keep ||= played.found.sentences.length > 0;
    return { ...played, seconds, tally, points, ...(keep && { kept: city.dataDir }) };
  } finally {
    await city.close(keep);
  }
};
