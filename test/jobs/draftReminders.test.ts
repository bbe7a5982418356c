import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { FLOWS } from '../../flows/index.ts';
import { draftReminders } from '../../jobs/draftReminders.ts';
import { draftWantedIn } from '../../src/app/reader.ts';
import { beginEpoch } from '../../src/delivery/outboxEpoch.ts';
import { openRow } from '../../src/delivery/outboxRow.ts';
import { leftBehindIn } from '../../src/dialogue/left.ts';
import type { Json } from '../../src/domain/json.ts';
import { forgetAt } from '../../src/services/converse/talk.ts';
import { contexts } from '../../src/store/conversation.ts';
import { Conversations } from '../../src/store/conversations.ts';
import { NOW, Talk } from '../harness/talk.ts';
import { WORLDS } from '../harness/world.ts';
import { Office, plain } from '../services/alerts/office.ts';
import { newConversation, nextCommit } from '../store/open-store.ts';
import { jobParts } from './parts.ts';

const [MINUTE, HOUR] = [60_000, 3_600_000];

let office: Office;
let conversations: Conversations;
beforeAll(async () => {
  office = await Office.open();
  conversations = new Conversations(office.store.database, office.store.sealer);
});
beforeEach(async () => {
  for (const name of ['conversations', 'deliveries', 'installation'] as const)
    await office.collections[name].deleteMany({});
});
afterAll(async () => {
  await conversations.close();
  await office.close();
});

/** A chat in which this was said, the last of it at an instant; a talk where it has members. */
const chat = async (at: number, said: readonly string[], more: { readonly members?: true } = {}) => {
  const talk = new Talk(WORLDS.newcomer ?? {});
  talk.now = at;
  for (const text of said) talk.text(text);
  const fresh = newConversation();
  const from = more.members ? { ...fresh, members: [{ chat: 'c', channel: 'toy', address: 'a' }] } : fresh;
  const next = { ...from, rev: 1, state: talk.state as unknown as Json, touched: at };
  const kept = { ...next, forgetAt: forgetAt(next, talk.state, at) };
  await conversations.commit(nextCommit(from, { next: kept, out: [] }));
  return from.id;
};
const HALF_DONE = ['khai báo cho tôi', 'đồng ý', 'tôi gõ', 'Lò Văn Pản'];

const tick = () => draftReminders(jobParts(office));
const run = (now: number, since?: number) => tick().run(now, since) as Promise<number>;
/** As agenda runs it, every five minutes. */
const runUntil = async (end: number): Promise<number> => {
  let count = 0;
  for (let at = NOW; at <= end; at += 5 * MINUTE)
    count += await run(at, at === NOW ? undefined : at - 5 * MINUTE);
  return count;
};
const rows = () => office.collections.deliveries.find().sort({ readyAt: 1 }).toArray();

describe('a declaration left behind', () => {
  test('is reminded of after 30 minutes and after 24 hours, with a button that goes on with it', async () => {
    const id = await chat(NOW, HALF_DONE);
    expect(await runUntil(NOW + 29 * MINUTE)).toBe(0);
    expect(await runUntil(NOW + 50 * HOUR)).toBe(2);
    const [first, second] = await rows();
    expect(first).toMatchObject({ chat: id, purpose: 'draftReminder', readyAt: new Date(NOW + 30 * MINUTE) });
    expect(second).toMatchObject({ chat: id, readyAt: new Date(NOW + 24 * HOUR) });
    const say = await openRow(office.store.sealer, first as never);
    expect(plain(say)).toContain('Tờ khai của Lò Văn Pản còn dở. Những gì anh/chị đã trả lời vẫn được giữ.');
    expect(say.choices?.map((choice) => choice.id)).toEqual([
      '/resume:1',
      '/drop:1',
      '/go:stopReminders:what=draft',
    ]);
  });

  test('its button leads to the question they were at', () => {
    const talk = new Talk(WORLDS.newcomer ?? {});
    for (const text of HALF_DONE) talk.text(text);
    const asked = plain(talk.last as never);
    talk.text('menu');
    talk.send({ type: 'choice', ids: ['/resume:1'] });
    expect(plain(talk.last as never)).toBe(asked);
  });

  test('in a talk of several chats too', async () => {
    await chat(NOW, HALF_DONE, { members: true });
    expect(await runUntil(NOW + 31 * MINUTE)).toBe(1);
  });

  test.each<[string, readonly string[], number]>([
    ['nothing was begun', ['xin chào'], 0],
    ['nothing was answered', ['khai báo cho tôi'], 0],
    ['it was given up: only the next day', [...HALF_DONE, 'hủy'], 1],
    ['something else was begun: only the next day', [...HALF_DONE, 'menu'], 1],
    ['it is a matter of one tap', ['thu hồi'], 0],
  ])('%s', async (_what, said, count) => {
    await chat(NOW, said);
    expect(await runUntil(NOW + 31 * MINUTE)).toBe(0);
    expect(await runUntil(NOW + 25 * HOUR)).toBe(count);
  });

  test('a conversation that cannot be opened keeps nobody else from being reminded', async () => {
    const ids = await Promise.all([chat(NOW, HALF_DONE), chat(NOW, HALF_DONE), chat(NOW, HALF_DONE)]);
    const bad = { state: office.store.sealer.seal(contexts.state('another'), {}) };
    await office.collections.conversations.updateOne({ _id: ids[1] as string }, { $set: bad });
    const stuck: string[] = [];
    const { real, ...parts } = jobParts(office);
    const staff = { ...real.staff, onStuck: (_error: unknown, { id }: { id: string }) => stuck.push(id) };
    expect(await draftReminders({ ...parts, real: { ...real, staff } }).run(NOW + 31 * MINUTE)).toBe(2);
    expect(stuck).toEqual([ids[1]]);
  });

  test('three processes, and a tick that is run twice, remind once', async () => {
    await chat(NOW, HALF_DONE);
    const at = NOW + 31 * MINUTE;
    const counts = await Promise.all([run(at), run(at), run(at)]);
    expect(counts.reduce((a, b) => a + b)).toBe(1);
    expect(await run(at + MINUTE)).toBe(0);
  });

  test('what a downtime left out is made up within two hours, and no later', async () => {
    await chat(NOW, HALF_DONE);
    await chat(NOW + 3 * HOUR, HALF_DONE);
    expect(await run(NOW + 4 * HOUR, NOW - HOUR)).toBe(1);
  });

  test('whoever left in the evening is not woken', async () => {
    const night = NOW + 13 * HOUR; // 22:00
    await chat(night, HALF_DONE);
    await run(night + 31 * MINUTE);
    expect(await rows()).toMatchObject([{ readyAt: new Date(NOW + 22 * HOUR) }]); // 07:00
  });
});

describe('right before it is sent', () => {
  const wanted = async (now: number) => {
    const [row] = await rows();
    return draftWantedIn(conversations, leftBehindIn(FLOWS), () => now)(row as never);
  };

  test('whoever is at it again is left in peace', async () => {
    await chat(NOW, HALF_DONE);
    await run(NOW + 31 * MINUTE);
    expect(await wanted(NOW + 31 * MINUTE)).toBe(true);
    await office.collections.conversations.updateMany({}, { $set: { touched: new Date(NOW + 30 * MINUTE) } });
    expect(await wanted(NOW + 31 * MINUTE)).toBe(false);
  });

  test('a chat that is gone wants nothing', async () => {
    await chat(NOW, HALF_DONE);
    await run(NOW + 31 * MINUTE);
    await office.collections.conversations.deleteMany({});
    expect(await wanted(NOW + 31 * MINUTE)).toBe(false);
  });
});

test('of what was due before a backup was restored they may have heard: only what is due after it is told', async () => {
  await chat(NOW, HALF_DONE);
  await chat(NOW + 3 * MINUTE, HALF_DONE);
  await beginEpoch(office.collections, 'Lò Thị Hoa', NOW + 32 * MINUTE);
  expect(await run(NOW + 35 * MINUTE, NOW)).toBe(1);
  expect(await run(NOW + 25 * HOUR, NOW + 23.5 * HOUR)).toBe(2);
});
