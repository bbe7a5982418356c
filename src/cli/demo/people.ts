import { addDays } from '../../domain/day.ts';
import {
  type Declared,
  EXPOSURES,
  MEANS,
  type Person,
  SYMPTOMS,
  type Trip,
} from '../../domain/declaration.ts';
import type { PlaceAnswer } from '../../domain/placeAnswer.ts';

/** Made-up people only: the parts of names are common, their sums are nobody. */
const FAMILY = [
  'Nguyễn',
  'Trần',
  'Lò',
  'Vàng',
  'Giàng',
  'Lý',
  'Phùng',
  'Tẩn',
  'Hoàng',
  'Đỗ',
  'Sùng',
  'Chang',
];
const MIDDLE = ['Văn', 'Thị', 'A', 'Minh', 'Thu', 'Đức', 'Ngọc', 'Hữu'];
const GIVEN = [
  'An',
  'Bình',
  'Chi',
  'Dũng',
  'Giang',
  'Hà',
  'Khánh',
  'Lan',
  'Minh',
  'Nga',
  'Phúc',
  'Quý',
  'Sơn',
  'Tú',
  'Vân',
];

/** Where people come from, by province code: Hà Nội, Lào Cai, Điện Biên, Sơn La, Phú Thọ, China. */
const ORIGINS = ['01', '15', '11', '14', '25', 'CN'];

/** Chance from a seed (mulberry32), so that a demonstration can be repeated. */
export const seeded = (seed: number) => {
  let state = seed >>> 0;
  return (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
};

type Chance = () => number;

const pick = <T>(list: readonly T[], chance: Chance): T => {
  const found = list[Math.floor(chance() * list.length)];
  if (found === undefined) throw new Error('nothing to pick from');
  return found;
};

const digits = (count: number, chance: Chance): string =>
  Array.from({ length: count }, () => Math.floor(chance() * 10)).join('');

const personOf = (home: PlaceAnswer, chance: Chance): Person => ({
  name: [pick(FAMILY, chance), pick(MIDDLE, chance), pick(GIVEN, chance)].join(' '),
  born: String(1945 + Math.floor(chance() * 75)),
  sex: chance() < 0.5 ? 'female' : 'male',
  // 099 is no province's number: no such card exists.
  id: { kind: 'national', number: `099${digits(9, chance)}` },
  phone: `+849${digits(8, chance)}`,
  home,
});

const tripOf = (to: PlaceAnswer, today: string, chance: Chance): Trip => {
  const from = { code: pick(ORIGINS, chance), said: '' };
  const means = pick(MEANS.slice(0, 4), chance);
  return {
    from,
    to,
    means,
    vehicle: `25B-${digits(3, chance)}.${digits(2, chance)}`,
    day: addDays(today, -Math.floor(chance() * 7)),
  };
};

/** HealthCheck's campuses saw 95 % low (peers.md 4): one in twenty has something to declare. */
const SICK = 0.05;

/** Somebody who travels to one of the communes, today or in the week before. */
export const madeUp = (communes: readonly string[], today: string, chance: Chance): Declared => {
  const place = (): PlaceAnswer => ({ code: pick(communes, chance), said: '' });
  const [home, stay] = [place(), place()];
  const sick = chance() < SICK;
  return {
    person: personOf(home, chance),
    trip: tripOf(stay, today, chance),
    stay,
    health: {
      symptoms: sick ? SYMPTOMS.filter(() => chance() < 0.25) : [],
      exposures: sick ? EXPOSURES.filter(() => chance() < 0.2) : [],
      places: [],
    },
  };
};
