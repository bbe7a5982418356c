import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { MailboxWatch } from '../../src/store/mailbox-watch.ts';
import { MAIL_KEPT, Mailboxes } from '../../src/store/mailboxes.ts';
import { joinStore, type OpenStore, openStore } from './open-store.ts';

let store: OpenStore;
let mailboxes: Mailboxes;

beforeAll(async () => {
  store = await openStore();
  mailboxes = new Mailboxes(store.database.collections.mailboxes, store.sealer);
});
afterAll(() => store.close());

const mail = (n: number) => ({ id: `c:1:${n}`, at: 1_000 + n, body: { text: `thư số ${n}` } });
const idsAfter = async (box: string, id?: string) => (await mailboxes.after(box, id)).map((each) => each.id);

test('messages come out in the order they were put, from where the reader was', async () => {
  for (const n of [1, 2, 3]) await mailboxes.put('box', mail(n));
  expect(await mailboxes.after('box', 'c:1:2')).toEqual([mail(3)]);
  expect(await idsAfter('box')).toEqual(['c:1:1', 'c:1:2', 'c:1:3']);
  expect(await idsAfter('box', 'unknown')).toHaveLength(3);
  expect(await idsAfter('box', 'c:1:3')).toEqual([]);
  expect(await idsAfter('nobody')).toEqual([]);
});

test('an alert between replies stays where it arrived, whatever its id says', async () => {
  const ids = ['c:8:1', 'a:alert:1:nurse', 'c:9:1'];
  for (const id of ids) await mailboxes.put('nurse', { ...mail(1), id });
  expect(await idsAfter('nurse')).toEqual(ids);
  expect(await idsAfter('nurse', 'a:alert:1:nurse')).toEqual(['c:9:1']);
});

test('the same message again is there once, and the first of a box may come from several at once', async () => {
  const all = Array.from({ length: 20 }, (_, n) => mail(n % 10));
  await Promise.all(all.map((each) => mailboxes.put('at once', each)));
  expect((await idsAfter('at once')).toSorted()).toEqual(Array.from({ length: 10 }, (_, n) => `c:1:${n}`));
});

test('a box keeps the newest', async () => {
  for (let n = 0; n < MAIL_KEPT + 5; n += 1) await mailboxes.put('full', mail(n));
  const kept = await idsAfter('full');
  expect(kept).toHaveLength(MAIL_KEPT);
  expect(kept[0]).toBe('c:1:5');
});

test('nothing of a message stands in the clear', async () => {
  const stored = JSON.stringify(await store.database.collections.mailboxes.find().toArray());
  expect(stored).not.toContain('thư');
});

test('another process’s mail is heard of', async () => {
  const heard: (string | undefined)[] = [];
  const watch = new MailboxWatch(store.database.collections.mailboxes, (box) => heard.push(box));
  const other = await joinStore(store.uri);
  const theirs = new Mailboxes(other.database.collections.mailboxes, other.sealer);
  try {
    for (let n = 0; !heard.includes('watched'); n += 1) {
      await theirs.put('watched', mail(n));
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    // Where the stream had to be opened anew every box may have changed.
    expect(new Set(heard.filter((box) => box !== undefined))).toEqual(new Set(['watched']));
  } finally {
    await watch.close();
    await other.close();
  }
});
