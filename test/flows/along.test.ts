import { expect, test } from '@jest/globals';
import type { Declared } from '../../src/domain/declaration.ts';
import { Talk } from '../harness/talk.ts';
import { WORLDS } from '../harness/world.ts';

/** What the first passenger of a coach is asked for, with as few words as the driver has. */
const FIRST = [
  'khai hộ',
  'đồng ý',
  'tôi gõ',
  'Vàng Thị Mỷ, 1952, nữ, không, không',
  'xã Sìn Hồ',
  'Hà Nội đến Sìn Hồ',
  'xe khách',
  '29B-123.45 ghế 1',
  'hôm nay',
  'không',
  'không',
  'gửi',
];

/** For every further one: that it is the same journey, who they are, their seat, their health. */
const further = (seat: number): readonly string[] => [
  'thêm một người',
  'đúng',
  `Giàng A Páo, ${1950 + seat}, nam, không, không`,
  '1',
  `ghế ${seat}`,
  'không',
  'không',
  'gửi',
];
/** Of the twelve that the first one takes; a bus is waiting. */
const TURNS = 8;

const declared = ({ calls }: Talk): readonly Declared[] =>
  calls
    .filter(({ name }) => name === 'submitDeclaration')
    .map(({ args }) => (args as unknown as { declared: Declared }).declared);

test('ten people in one sitting: the journey is said once, and the list is right', () => {
  const talk = new Talk(WORLDS.newcomer);
  talk.texts(...FIRST);
  for (let seat = 2; seat <= 10; seat += 1) {
    talk.texts(...further(seat));
    expect([further(seat).length, declared(talk).length]).toEqual([TURNS, seat]);
  }
  const [first, ...others] = declared(talk);
  for (const [n, { trip, stay, person }] of others.entries()) {
    expect(trip).toEqual({ ...first?.trip, seat: String(n + 2) });
    expect(stay).toEqual(first?.stay);
    expect(person.born).toBe(String(1952 + n));
  }
});

test('a vehicle that was scanned is offered to everybody after, also to whoever declared another day', () => {
  const talk = new Talk(WORLDS.returning);
  talk.pick('/go:declare:plate=25B00123');
  talk.texts('menu', 'khai báo', 'cho tôi', 'như lần trước, đi hôm nay');
  expect(talk.run?.asked?.key).toBe('same.vehicle.coach');
  talk.texts(
    'ghế 4',
    'không',
    'gửi',
    'khai hộ',
    'chuyến khác',
    'tôi gõ',
    'Vàng Thị Mỷ, 1952, nữ, không, không',
  );
  talk.texts('1', 'Hà Nội đến Sìn Hồ', 'xe khách');
  expect(talk.plain(talk.last)).toContain('1. Biển số 25B-001.23');
  expect(declared(talk)[0]?.trip).toMatchObject({ vehicle: '25B-001.23', seat: '4' });
});

test('another vehicle is another journey', () => {
  const talk = new Talk(WORLDS['a journey under way']);
  talk.pick('/go:declare:plate=25B00123');
  talk.texts('đồng ý', '2');
  expect(talk.run?.asked?.key).toBe('who.card');
});
