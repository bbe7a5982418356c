/** What the whole app asks right before a message leaves: each of these questions is somebody's peace at night. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import pino from 'pino';
import { openBase } from '../../src/app/base.ts';
import { openDesks } from '../../src/app/desks.ts';
import type { PurposeName } from '../../src/delivery/outboxPurposes.ts';
import { newState } from '../../src/dialogue/state.ts';
import type { Json } from '../../src/domain/json.ts';
import { UNWANTED } from '../../src/domain/unasked.ts';
import { readSettings } from '../../src/settings.ts';
import { Conversations } from '../../src/store/conversations.ts';
import { freshDatabase } from '../harness/mongo.ts';

const ends: (() => Promise<void>)[] = [];
let wanted: NonNullable<ReturnType<typeof openDesks>['parts']['wanted']>;

const chat = (id: string, memory: Readonly<Record<string, string[]>> = {}) => ({
  id,
  channel: 'telegram',
  address: id,
  rev: 1,
  state: { ...newState(), memory } as unknown as Json,
  seen: [],
  touched: 0,
  forgetAt: Date.now() + 3_600_000,
});

beforeAll(async () => {
  const { uri, drop } = await freshDatabase();
  ends.push(drop);
  const began = (end: () => Promise<void>): void => void ends.push(end);
  const at = Promise.resolve({ uri, stop: async () => undefined });
  const settings = readSettings({ MONGODB_URI: uri });
  const base = await openBase({ settings, log: pino({ level: 'silent' }), at }, began);
  const conversations = new Conversations(base.store.database, base.store.sealer);
  began(() => conversations.close());
  const nothing = { out: [], work: [], finished: [], effects: [] };
  for (const next of [chat('willing'), chat('tired', { [UNWANTED]: ['codeEnding'] })])
    await conversations.commit({ next, ...nothing });
  ({ wanted } = openDesks(base, new Map(), conversations).parts as Required<
    ReturnType<typeof openDesks>['parts']
  >);
});
afterAll(async () => {
  for (const end of ends.reverse()) await end();
});

test.each<[PurposeName, string, boolean]>([
  ['codeReminder', 'willing', true],
  ['codeReminder', 'tired', false], // stopped by its reader
  ['draftReminder', 'willing', false], // there is no draft any more
  ['movementReminder', 'willing', false], // nobody's place is still asked about
  ['alertNews', 'tired', true],
])('%s to somebody %s: %s', async (purpose, to, expected) => {
  expect(await wanted({ purpose, chat: to, about: `movement:${to}:2026-11-27` })).toBe(expected);
});
