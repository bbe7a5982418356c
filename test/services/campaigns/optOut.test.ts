import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { addDays } from '../../../src/domain/day.ts';
import { unaskedServices } from '../../../src/services/unasked/index.ts';
import { engineOf } from '../../harness/talk.ts';
import { type Party, party, textFrom } from '../converse/toy.ts';
import { Broadcast, FIRST } from './broadcast.ts';

let world: Broadcast;
/** The conversation as the server has it: every flow, on the database of the campaign. */
let talk: Party;
beforeAll(async () => {
  world = await Broadcast.open();
  const services = unaskedServices;
  const clock = () => world.office.now;
  talk = await party(world.office.store.uri, { engine: engineOf(), services, clock });
});
beforeEach(() => world.begin());
afterAll(async () => {
  await talk.close();
  await world.close();
});

const SECOND = addDays(FIRST, 1);

const says = async (address: string, text: string, channel = 'telegram'): Promise<void> => {
  await talk.converse.accept({ ...textFrom(address, text), channel, at: world.office.now });
};

/** Days of the month on which an address got its message. */
const daysOf = (id: string, address: string): readonly string[] =>
  world.took
    .filter((one) => one.address === address && one.id.startsWith(id))
    .map((one) => one.id.slice(14, 16));

const send = async (day: string): Promise<void> => {
  await world.tick(day, '08:00');
  await world.quiet();
  await world.tick(day, '20:30');
};

test.each([
  ['before the first message leaves, in a chat', 'dừng', 'before', []],
  ['before the first message leaves, as an SMS tells them to', 'DUNG', 'before', []],
  ['after the first day', 'dừng', 'after', ['24']],
])('who stops it %s gets no message that has not left: %s', async (_, word, when, days) => {
  const [tired, loyal] = [`tired ${when} ${word}`, `loyal ${when} ${word}`];
  for (const one of [tired, loyal]) await says(one, 'xin chào');
  const id = await world.approved({ channels: ['telegram'], days: 2 });
  world.start();
  await world.tick(FIRST, '07:30');
  const ready = { about: `${id}|${FIRST}`, purpose: 'campaign' as const, state: 'ready' as const };
  expect(await world.office.collections.deliveries.countDocuments(ready)).toBe(2);
  if (when === 'before') await says(tired, word);
  await send(FIRST);
  if (when === 'after') await says(tired, word);
  await world.tick(SECOND, '07:30');
  await send(SECOND);
  expect(daysOf(id, tired)).toEqual(days);
  expect(daysOf(id, loyal)).toEqual(['24', '25']);
  const optedOut = { about: `${id}|${SECOND}`, state: 'suppressed' as const, fault: 'opted-out' };
  expect(await world.office.collections.deliveries.countDocuments(optedOut)).toBe(1);
});

test.each([
  ['DUNG', 'before', []],
  ['Dừng', 'after', ['24']],
])(
  'a number of a list that never wrote answers the SMS by "%s" %s it: no other is sent to it',
  async (word, when, days) => {
    const [tired, loyal] = ['+84912345678', '+84987654321'] as const;
    world.switchOn('sms');
    const plan = { audience: { kind: 'list' as const }, channels: ['sms'], days: 2 };
    const id = await world.approved(plan, [tired, loyal]);
    world.start();
    await world.tick(FIRST, '07:30');
    if (when === 'before') await says(tired, word, 'sms');
    await send(FIRST);
    if (when === 'after') await says(tired, word, 'sms');
    await world.tick(SECOND, '07:30');
    await send(SECOND);
    expect(daysOf(id, tired)).toEqual(days);
    expect(daysOf(id, loyal)).toEqual(['24', '25']);
  },
);
