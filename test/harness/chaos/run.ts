import { setTimeout as pause } from 'node:timers/promises';
import type { Store } from '../../../src/app/store.ts';
import { staffAdd } from '../../../src/cli/staff.ts';
import { partsOf } from '../../../src/cli/withStore.ts';
import { type Counts, check, declarationsOf, type Findings, type Person, pathOf } from './checker.ts';
import { type City, openCity } from './city.ts';
import { CRASH_POINTS, startNemesis } from './nemesis.ts';
import { talk } from './person.ts';
import type { Phone } from './phone.ts';
import { randomOf } from './random.ts';
import type { Citizen } from './script.ts';
import { telegramPhone } from './telegram-phone.ts';
import { webPhone } from './web-phone.ts';

export interface Options {
  readonly kills: number;
  readonly seed: number;
  /** How many people talk at a time; who has done is followed by the next one. */
  readonly chats: number;
  /** How long after the last kill everything may take to come right (ms). */
  readonly patience?: number;
  /** The servers' logs stay. */
  readonly keep?: boolean;
}

export interface Outcome extends Counts {
  readonly kills: number;
  readonly seconds: number;
  readonly wrong: readonly string[];
  /** How often each crash point was reached. */
  readonly points: ReadonlyMap<string, number>;
  readonly dataDir: string;
}

const SICK = 0.25;
/** Numbers of people who speak before anything breaks, all by webhook: the staff, one sick and one well. */
const STAFF = [0, 3];
const STRAIGHT: readonly (readonly [number, boolean])[] = [
  [6, true],
  [9, false],
];
const FIRST = 100;
/** After the last kill: what was owed is sent by whoever is left when 15 s have passed, doubtful alerts after 20 s. */
const SETTLES_WITHIN = 120_000;
const QUIET_LOOKS = 3;

/** Everything that somebody still has to send, or is just being sent. */
const owed = async ({ database }: Store): Promise<number> => {
  const { conversations, deliveries } = database.collections;
  const unsent = { state: { $in: ['ready', 'leased', 'submitting'] as const } };
  const counts = await Promise.all([
    conversations.countDocuments({ pending: { $exists: true } }),
    deliveries.countDocuments(unsent as never),
  ]);
  return counts[0] + counts[1];
};

const settled = async (store: Store, patience: number): Promise<void> => {
  const until = Date.now() + patience;
  for (let quiet = 0; quiet < QUIET_LOOKS && Date.now() < until; ) {
    quiet = (await owed(store)) === 0 ? quiet + 1 : 0;
    await pause(300);
  }
};

/** Gives people their phones: a third of them with each way to the bot. */
const phones = async (city: City, seed: number, store: Store) => {
  const aside: Promise<unknown>[] = [];
  let update = 1_000_000;
  const sessions = city.sessionsOf(store);
  const common = { api: city.api, aside: (delivering: Promise<unknown>) => void aside.push(delivering) };
  const nextUpdate = (): number => {
    update += 1;
    return update;
  };
  const phoneOf = (number: number): Promise<Phone> | Phone => {
    const random = randomOf(seed, `phone ${number}`);
    const id = 5_000_000_000 + number;
    if (number % 3 === 0) return telegramPhone({ ...common, random, nextUpdate, hook: city.hook }, id);
    if (number % 3 === 1) return telegramPhone({ ...common, random, nextUpdate }, id);
    const addressOf = (cookie: string) => sessions.read(cookie)?.address ?? '';
    return webPhone({ ...common, random, url: city.web.url, addressOf }, number);
  };
  return { phoneOf, aside };
};

const heardWithin = async (phone: Phone, part: string): Promise<void> => {
  for (let tries = 0; tries < 200; tries += 1) {
    if ((await phone.heard()).some(({ text }) => text.includes(part))) return;
    await pause(50);
  }
  throw new Error(`never heard "${part}"`);
};

const linkStaff = async (store: Store, phone: Phone, n: number): Promise<void> => {
  const name = ['Vàng Thị Trực', 'Lý Văn Trực'][n] ?? 'Sùng Thị Trực';
  const said = await staffAdd(partsOf(store), { name, role: 'duty', area: '12' });
  await phone.say(/NV-\S+/.exec(said)?.[0] ?? '');
  await heardWithin(phone, name);
};

/** What somebody declares who says one thing after the other while nothing is broken. */
const straightPath = async (store: Store, phone: Phone, citizen: Citizen): Promise<string> => {
  await talk(phone, citizen, randomOf(0, 'calm'), { calm: true });
  await heardWithin(phone, 'Đã nhận phản ánh');
  phone.close();
  const [declared] = await declarationsOf(store, phone.ledger);
  if (declared === undefined) throw new Error('the straight path ended in no declaration');
  return pathOf(declared.sealed.declared, citizen);
};

export const runDialogue = async ({
  kills,
  seed,
  chats,
  patience = SETTLES_WITHIN,
  keep = false,
}: Options): Promise<Outcome> => {
  const began = Date.now();
  const points = new Map<string, number>(CRASH_POINTS.map((point) => [point, 0]));
  const city = await openCity(seed, (point) => points.set(point, (points.get(point) ?? 0) + 1));
  try {
    const [alone, ...others] = city.instances;
    await alone?.start();
    const store = await city.openStore();
    try {
      const { phoneOf, aside } = await phones(city, seed, store);
      const staff = await Promise.all(STAFF.map(phoneOf));
      for (const [n, phone] of staff.entries()) await linkStaff(store, phone, n);
      const straight = new Map<boolean, string>();
      for (const [number, sick] of STRAIGHT)
        straight.set(sick, await straightPath(store, await phoneOf(number), { number, sick }));
      await Promise.all(others.map((instance) => instance.start()));

      city.rough(true);
      const people: Person[] = [];
      const nemesis = startNemesis({ ...city, random: randomOf(seed, 'nemesis'), kills });
      let next = FIRST;
      const seat = async (): Promise<void> => {
        do {
          const number = next;
          next += 1;
          const random = randomOf(seed, `person ${number}`);
          const citizen = { number, sick: random.chance(SICK) };
          const person: Person = { citizen, phone: await phoneOf(number), finished: false };
          people.push(person);
          await talk(person.phone, citizen, random);
          person.finished = true;
        } while (nemesis.killed < kills);
      };
      const seats = Promise.all(Array.from({ length: chats }, seat));
      await nemesis.done;
      city.rough(false);
      await Promise.race([seats.then(() => Promise.all(aside)), pause(patience, undefined, { ref: false })]);
      await settled(store, patience);
      const heard = staff.map(({ ledger }) => city.api.heard(ledger.address));
      const found: Findings = await check({ store, people, staff: heard, straight });
      for (const { phone } of people) phone.close();
      const seconds = Math.round((Date.now() - began) / 1000);
      return { ...found, kills: nemesis.killed, seconds, points, dataDir: city.dataDir };
    } finally {
      await store.close();
    }
  } finally {
    await city.close(keep);
  }
};
