import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Letter } from '../../src/delivery/letter.ts';
import { createMailbox, type Mailbox } from '../../src/delivery/mailbox.ts';
import { randomId } from '../../src/security/random.ts';
import { Mailboxes } from '../../src/store/mailboxes.ts';
import { prepare } from '../../src/store/prepare.ts';
import { privateMongod } from '../harness/mongo.ts';
import { PATIENCE, patiently } from '../harness/patience.ts';
import { joinStore, type OpenStore, openStore } from '../store/open-store.ts';

const NAME = 'Vàng A Chứ';

const letter = (chat: string, n: number): Letter => ({
  id: `${chat}:${n}:0`,
  lang: 'vi',
  say: { notes: [{ key: 'small.done', values: { name: `${NAME} ${n}` } }], turn: n },
});

const mailboxOf = ({ database, sealer }: OpenStore, lookEvery = 10 * PATIENCE): Mailbox => {
  const { mailboxes } = database.collections;
  return createMailbox({ mailboxes: new Mailboxes(mailboxes, sealer), collection: mailboxes, lookEvery });
};

const until = async (done: () => boolean): Promise<void> => {
  const deadline = Date.now() + PATIENCE;
  while (!done()) {
    if (Date.now() > deadline) throw new Error(`not within ${PATIENCE} ms`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
};

const idsOf = (letters: readonly Letter[]) => letters.map(({ id }) => id);

describe('mailbox', () => {
  let store: OpenStore;
  let other: OpenStore;
  let here: Mailbox;
  let there: Mailbox;
  beforeAll(async () => {
    store = await openStore();
    other = await joinStore(store.uri);
    here = mailboxOf(store);
    there = mailboxOf(other);
  });
  afterAll(async () => {
    await here.close();
    await there.close();
    await other.close();
    await store.close();
  });

  test('gives letters back in the order they came, each once', async () => {
    const chat = randomId();
    const [first, second] = [letter(chat, 1), letter(chat, 2)];
    const echo: Letter = { id: `${chat}:2:1`, lang: 'en', echo: { type: 'text', text: 'chào' } };
    for (const each of [first, second, first, echo, second]) await here.append(chat, each);
    expect(await there.since(chat)).toEqual([first, second, echo]);
    expect(await there.since(chat, second.id)).toEqual([echo]);
    expect(await there.since(chat, 'unknown')).toEqual([first, second, echo]);
    expect(await there.since(randomId())).toEqual([]);
  });

  test('lets nobody read a letter in the database', async () => {
    const chat = randomId();
    await here.append(chat, letter(chat, 1));
    const raw = await store.database.collections.mailboxes.findOne({ _id: chat }, { readConcern: 'local' });
    expect(raw).not.toBeNull();
    expect(JSON.stringify(raw)).not.toContain('Vàng');
    const bytes = Buffer.concat(raw?.messages.map(({ sealed }) => Buffer.from(sealed)) ?? []);
    expect(bytes.includes(Buffer.from(NAME))).toBe(false);
  });

  test('wakes at once in this process, only that chat, and not after the watch has ended', async () => {
    const [chat, stranger] = [randomId(), randomId()];
    let woken = 0;
    const end = here.watch(chat, () => {
      woken += 1;
    });
    await here.append(stranger, letter(stranger, 1));
    expect(woken).toBe(0);
    await here.append(chat, letter(chat, 1));
    expect(woken).toBeGreaterThanOrEqual(1);
    end();
    const before = woken;
    await here.append(chat, letter(chat, 2));
    expect(woken).toBe(before);
  });

  test('wakes for what another process put there', async () => {
    const chat = randomId();
    let found: readonly string[] = [];
    here.watch(chat, () => {
      void here.since(chat).then((letters) => {
        found = idsOf(letters);
      });
    });
    const deadline = Date.now() + PATIENCE;
    // Again and again, until the change stream is open: what was there before it is found by the clock, much later.
    for (let n = 1; found.length === 0 && Date.now() < deadline; n += 1) {
      await there.append(chat, letter(chat, n));
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    expect(found[0]).toBe(`${chat}:1:0`);
  });

  test('of a hundred letters at once from two processes, none is lost or doubled', async () => {
    const chat = randomId();
    const letters = Array.from({ length: 50 }, (_, n) => letter(chat, n));
    await Promise.all([
      ...letters.map((each) => here.append(chat, each)),
      ...letters.map((each) => there.append(chat, each)),
    ]);
    expect(idsOf(await here.since(chat)).sort()).toEqual(idsOf(letters).sort());
  });
});

test('goes on after the database was killed and came back', async () => {
  const server = await privateMongod();
  await patiently(() => prepare(server.uri));
  const [store, other] = [await joinStore(server.uri), await joinStore(server.uri)];
  const [here, there] = [mailboxOf(store, 500), mailboxOf(other, 500)];
  const chat = randomId();
  let found: readonly string[] = [];
  const look = () => {
    here.since(chat).then(
      (letters) => {
        found = idsOf(letters);
      },
      () => undefined, // away: the next wake looks again
    );
  };
  try {
    here.watch(chat, look);
    await there.append(chat, letter(chat, 1));
    await until(() => found.length === 1);
    await server.kill();
    await expect(there.append(chat, letter(chat, 2))).rejects.toMatchObject({ retryable: true });
    await server.restart();
    await patiently(() => there.append(chat, letter(chat, 2)));
    await until(() => found.length === 2);
    await there.append(chat, letter(chat, 3));
    await until(() => found.length === 3);
    expect(found).toEqual([1, 2, 3].map((n) => `${chat}:${n}:0`));
  } finally {
    await here.close();
    await there.close();
    await store.close();
    await other.close();
    await server.stop();
  }
});

test('a letter that was confirmed outlives a database killed in the same moment', async () => {
  const server = await privateMongod();
  await patiently(() => prepare(server.uri));
  const store = await joinStore(server.uri);
  const mailbox = mailboxOf(store);
  const chat = randomId();
  try {
    for (const n of [1, 2, 3]) await mailbox.append(chat, letter(chat, n));
    await server.kill();
    await server.restart();
    expect(idsOf(await patiently(() => mailbox.since(chat)))).toEqual([1, 2, 3].map((n) => `${chat}:${n}:0`));
  } finally {
    await mailbox.close();
    await store.close();
    await server.stop();
  }
});
