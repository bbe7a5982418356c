import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { PURPOSES, type PurposeName } from '../../../src/delivery/outboxPurposes.ts';
import { deliveryRow } from '../../../src/delivery/outboxRow.ts';
import type { PersonEvent } from '../../../src/dialogue/event.ts';
import { line } from '../../../src/dialogue/say.ts';
import { addDays } from '../../../src/domain/day.ts';
import { UNASKED, type Unasked } from '../../../src/domain/unasked.ts';
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

const does = async (address: string, event: PersonEvent, channel = 'telegram'): Promise<void> => {
  await talk.converse.accept({ ...textFrom(address, ''), channel, event, at: world.office.now });
};
const says = (address: string, text: string, channel?: string): Promise<void> =>
  does(address, { type: 'text', text }, channel);
const presses = (address: string, id: string): Promise<void> =>
  does(address, { type: 'choice', ids: [id], turn: 0 });

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

/** What is sent unasked, by the name under which its reader stops it. */
const OF_KIND = {
  movement: 'movementReminder',
  draft: 'draftReminder',
  followUp: 'followUpReminder',
  codeEnding: 'codeReminder',
  campaign: 'campaign',
  report: 'dailyReport',
} as const satisfies Readonly<Record<Unasked, PurposeName>>;

test('nothing of the lanes of reminders and campaigns is without a kind to stop', () => {
  const purposes = Object.entries(PURPOSES).filter(([, { lane }]) => /^(reminder|campaign)$/.test(lane));
  expect(purposes.map(([name]) => name).sort()).toEqual(Object.values(OF_KIND).sort());
});

const READERS = [...UNASKED, 'all'] as const;
type Reader = (typeof READERS)[number];
const addressOf = (reader: Reader): string => `reader of ${reader}`;

/** A campaign's messages are its planner's; the others are rows as the jobs write them, for every reader. */
const remindOn = async (day: string): Promise<void> => {
  const { parts, now: at, collections } = world.office;
  const rows = READERS.flatMap((reader) => {
    const chat = parts.index('chat', `telegram|${addressOf(reader)}`);
    const to = { about: day, rev: 1, chat, at, notes: [line('campaign.text', { text: 'Lời nhắc' })] };
    const purposes = Object.values(OF_KIND).filter((purpose) => purpose !== 'campaign');
    return purposes.map((purpose) => deliveryRow(parts.sealer, { ...to, purpose }));
  });
  await collections.deliveries.insertMany(rows);
};

/** The kinds of which a reader got a message on a day. */
const kindsFor = (reader: Reader, day: string): readonly Unasked[] => {
  const took = world.took.filter(({ address, id }) => address === addressOf(reader) && id.includes(day));
  const begins = (kind: Unasked): string => (kind === 'campaign' ? 'C' : `${day}:${OF_KIND[kind]}:`);
  return UNASKED.filter((kind) => took.some(({ id }) => id.startsWith(begins(kind))));
};

test('each kind is stopped by itself, though it is on its way already, and all of them; resumed, the next one leaves', async () => {
  await world.approved({ channels: ['telegram'], days: 2 });
  for (const reader of READERS) await says(addressOf(reader), 'xin chào');
  await world.tick(FIRST, '07:30');
  await remindOn(FIRST);
  for (const kind of UNASKED) await presses(addressOf(kind), `/go:stopReminders:what=${kind}`);
  await says(addressOf('all'), 'dừng');
  world.start();
  await send(FIRST);
  for (const kind of UNASKED)
    expect([kind, kindsFor(kind, FIRST)]).toEqual([kind, UNASKED.filter((each) => each !== kind)]);
  expect(kindsFor('all', FIRST)).toEqual([]);
  for (const kind of UNASKED) await presses(addressOf(kind), `/go:resumeReminders:what=${kind}`);
  await says(addressOf('all'), 'nhắc lại');
  await world.tick(SECOND, '07:30');
  await remindOn(SECOND);
  await send(SECOND);
  for (const reader of READERS) expect([reader, kindsFor(reader, SECOND)]).toEqual([reader, UNASKED]);
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
