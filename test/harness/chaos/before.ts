/** What happens before anything breaks: the staff sign in, and some take the straight path. */
import { setTimeout as pause } from 'node:timers/promises';
import type { Store } from '../../../src/app/store.ts';
import { staffAdd } from '../../../src/cli/staff.ts';
import { partsOf } from '../../../src/cli/withStore.ts';
import { declarationsOf, pathOf } from './check-outcome.ts';
import { repliesOn } from './check-replies.ts';
import type { Person, Straight } from './checker.ts';
import { talk } from './person.ts';
import type { Phone } from './phone.ts';
import { randomOf } from './random.ts';
import type { Citizen } from './script.ts';

type PhoneOf = (number: number) => Promise<Phone>;

/** Both by webhook. */
const STAFF: readonly (readonly [number, string])[] = [
  [0, 'Vàng Thị Trực'],
  [3, 'Lý Văn Trực'],
];
/** One sick and one well by each way that shows its people other words. */
const STRAIGHT: readonly Citizen[] = [
  { number: 6, sick: true },
  { number: 9, sick: false },
  { number: 8, sick: true },
  { number: 11, sick: false },
];
const LOOKS = 1_200;
const LOOK_EVERY = 50;

const heardOf = async (phone: Phone, part: string): Promise<void> => {
  for (let looks = 0; looks < LOOKS; looks += 1) {
    if ((await phone.heard()).some(({ text }) => text.includes(part))) return;
    await pause(LOOK_EVERY);
  }
  throw new Error(`never heard "${part}"`);
};

/** The phones of those who are on duty for the whole province. */
export const linkStaff = async (store: Store, phoneOf: PhoneOf): Promise<readonly Phone[]> => {
  const phones: Phone[] = [];
  for (const [number, name] of STAFF) {
    const phone = await phoneOf(number);
    const said = await staffAdd(partsOf(store), { name, role: 'duty', area: '12' });
    await phone.say(/NV-\S+/.exec(said)?.[0] ?? '');
    await heardOf(phone, name);
    phones.push(phone);
  }
  return phones;
};

const wordsOf = ({ citizen, phone }: Person): string => `${phone.ledger.channel} ${citizen.sick}`;

/** What somebody declares and hears who says one thing after the other. */
const takeIt = async (store: Store, phone: Phone, citizen: Citizen): Promise<Straight> => {
  await talk(phone, citizen, randomOf(0, 'calm'), { calm: true });
  await heardOf(phone, 'Đã nhận phản ánh');
  phone.close();
  const [declared] = await declarationsOf(store, phone.ledger);
  if (declared === undefined) throw new Error('the straight path ended in no declaration');
  return { declared: pathOf(declared.sealed.declared, citizen), replies: await repliesOn(citizen, phone) };
};

/** What must come of everybody's talk, whatever breaks; and who said so, for they were there too. */
export const takeStraightPath = async (store: Store, phoneOf: PhoneOf) => {
  const people: Person[] = [];
  const ends = new Map<string, Straight>();
  await Promise.all(
    STRAIGHT.map(async (citizen) => {
      const person = { citizen, phone: await phoneOf(citizen.number), finished: true };
      people.push(person);
      ends.set(wordsOf(person), await takeIt(store, person.phone, citizen));
    }),
  );
  const straightOf = (person: Person): Straight => {
    const straight = ends.get(wordsOf(person));
    if (straight === undefined) throw new Error(`nobody took the straight path as ${wordsOf(person)}`);
    return straight;
  };
  return { people, straightOf };
};
