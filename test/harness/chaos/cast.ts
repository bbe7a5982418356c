import type { Store } from '../../../src/app/store.ts';
import type { Person } from './checker.ts';
import type { City } from './city.ts';
import { talk } from './person.ts';
import type { Phone } from './phone.ts';
import { randomOf } from './random.ts';
import type { Tally } from './tally.ts';
import { telegramPhone } from './telegram-phone.ts';
import { webPhone } from './web-phone.ts';

const SICK = 0.25;
/** Numbers below are those of the staff and of the straight path. */
const FIRST = 100;

export interface CastParts {
  readonly city: Pick<City, 'api' | 'hook' | 'web' | 'sessionsOf'>;
  readonly store: Store;
  readonly seed: number;
  readonly tally: Tally;
}

/** Gives people their phones: a third of them with each way to the bot. */
export const openPhones = ({ city, store, seed, tally }: CastParts) => {
  const aside: Promise<unknown>[] = [];
  const sessions = city.sessionsOf(store);
  const common = {
    api: city.api,
    tally,
    aside: (delivering: Promise<unknown>) => void aside.push(delivering),
  };
  let update = 1_000_000;
  const nextUpdate = (): number => {
    update += 1;
    return update;
  };
  const phoneOf = async (number: number): Promise<Phone> => {
    const random = randomOf(seed, `phone ${number}`);
    const id = 5_000_000_000 + number;
    if (number % 3 === 0) return telegramPhone({ ...common, random, nextUpdate, hook: city.hook }, id);
    if (number % 3 === 1) return telegramPhone({ ...common, random, nextUpdate }, id);
    const addressOf = (cookie: string) => sessions.read(cookie)?.address ?? '';
    return webPhone({ ...common, random, doors: city.web, addressOf }, number);
  };
  return { phoneOf, aside: () => Promise.all(aside) };
};

export interface CrowdParts {
  readonly seed: number;
  readonly chats: number;
  readonly phoneOf: (number: number) => Promise<Phone>;
  readonly isOver: () => boolean;
}

/** So many people talk at a time; who has done is followed by the next one, until it is over. */
export const startCrowd = ({ seed, chats, phoneOf, isOver }: CrowdParts) => {
  const people: Person[] = [];
  let begun = 0;
  const take = async (): Promise<void> => {
    const number = FIRST + begun;
    begun += 1;
    const random = randomOf(seed, `person ${number}`);
    const citizen = { number, sick: random.chance(SICK) };
    const person: Person = { citizen, phone: await phoneOf(number), finished: false };
    people.push(person);
    await talk(person.phone, citizen, random);
    person.finished = true;
    person.phone.close();
  };
  const seat = async (): Promise<void> => {
    do await take();
    while (!isOver());
  };
  return {
    people,
    /** How many never even got their page. */
    get shutOut() {
      return begun - people.length;
    },
    done: Promise.all(Array.from({ length: chats }, seat)),
  };
};
