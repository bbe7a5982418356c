import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { SendError } from '../../../src/delivery/outgoing.ts';
import { randomId } from '../../../src/security/random.ts';
import type { OutMessage } from '../../../src/services/converse/ports.ts';
import { insert, update } from '../../../src/store/effect.ts';
import { Unavailable } from '../../../src/store/errors.ts';
import { type OpenStore, openStore } from '../../store/open-store.ts';
import { type Party, party, saidIn, textFrom, toldTo, until } from './toy.ts';

let store: OpenStore;
const parties: Party[] = [];

const join = async (options: Parameters<typeof party>[1] = {}): Promise<Party> => {
  const joined = await party(store.uri, options);
  parties.push(joined);
  return joined;
};
const numbers = (count: number): string[] => Array.from({ length: count }, (_, n) => `n${n}`);
const zone = (id: string) => ({ _id: id, placeCode: '12', level: 'high', from: new Date(0) });

beforeAll(async () => {
  store = await openStore();
});
afterEach(async () => {
  await Promise.all(parties.splice(0).map((each) => each.close()));
});
afterAll(() => store.close());

describe('once and in order', () => {
  test('100 updates at once for one chat with 30 duplicates: 100 applied, in order, each said once', async () => {
    const one = await join();
    const inbounds = numbers(100).map((text, n) => textFrom('once', text, `d${n}`));
    const withDuplicates = inbounds.flatMap((inbound, n) => (n % 10 < 3 ? [inbound, inbound] : [inbound]));
    expect(withDuplicates).toHaveLength(130);
    const accepted = await Promise.all(withDuplicates.map((inbound) => one.converse.accept(inbound)));
    expect(accepted.filter(({ again }) => again)).toHaveLength(30);
    expect(await toldTo(one, 'once')).toEqual(numbers(100));
    await until(() => one.sent.length === 100);
    expect(one.sent.map(saidIn)).toEqual(numbers(100).map((text) => `told ${text}`));
    expect(new Set(accepted.map(({ rev }) => rev)).size).toBeLessThan(10);
  });

  test('a delivery that comes again later is not applied, whichever process it comes to', async () => {
    const [one, two] = [await join(), await join()];
    const inbound = textFrom('again', 'a', 'same');
    const first = await one.converse.accept(inbound);
    expect(first).toMatchObject({ rev: 1, again: false });
    expect(await one.converse.accept(inbound)).toEqual({ ...first, again: true });
    expect(await two.converse.accept(inbound)).toEqual({ ...first, again: true });
    expect(await one.converse.accept(textFrom('other', 'a', 'same'))).toMatchObject({ again: false });
  });

  test('two processes answer one chat at once: everything is applied once, each one in its order', async () => {
    const [one, two] = [await join(), await join()];
    const from = (each: Party, name: string) =>
      Promise.all(numbers(60).map((text) => each.converse.accept(textFrom('race', name + text))));
    await Promise.all([from(one, 'a'), from(two, 'b')]);
    const told = (await toldTo(one, 'race')).map(String);
    expect(told).toHaveLength(120);
    expect(told.filter((text) => text.startsWith('a'))).toEqual(numbers(60).map((text) => `a${text}`));
    expect(told.filter((text) => text.startsWith('b'))).toEqual(numbers(60).map((text) => `b${text}`));
    await until(() => one.sent.length + two.sent.length === 120);
  });

  test('the same deliveries to two processes at once: each is applied once', async () => {
    const [one, two] = [await join(), await join()];
    const inbounds = numbers(40).map((text, n) => textFrom('both', text, `b${n}`));
    const send = (each: Party) => Promise.all(inbounds.map((inbound) => each.converse.accept(inbound)));
    const accepted = (await Promise.all([send(one), send(two)])).flat();
    expect(await toldTo(one, 'both')).toEqual(numbers(40));
    expect(accepted.filter(({ again }) => again)).toHaveLength(40);
    await until(() => one.sent.length + two.sent.length === 40);
  });

  test('many chats at once', async () => {
    const one = await join();
    const all = numbers(300).flatMap((address) =>
      ['x', 'y'].map((text) => textFrom(`many ${address}`, text)),
    );
    await Promise.all(all.map((inbound) => one.converse.accept(inbound)));
    for (const address of numbers(300)) expect(await toldTo(one, `many ${address}`)).toEqual(['x', 'y']);
  });
});

describe('services', () => {
  test('what a service wants written is written with the step, and the next message sees it', async () => {
    const one = await join({
      services: {
        add: async (args) => ({ value: 'added', effects: [insert('zones', zone(String(args)))] }),
        find: async (args) => ({
          value: (await store.database.models.zones.exists({ _id: String(args) })) ? 'yes' : 'no',
        }),
      },
    });
    const texts = ['call find z1', 'call add z1', 'call find z1', 'plain'];
    await Promise.all(texts.map((text) => one.converse.accept(textFrom('calls', text))));
    expect(await toldTo(one, 'calls')).toEqual(['no', 'added', 'yes', 'plain']);
  });

  test('a claim that two chats make at once is one person’s; the other is planned anew', async () => {
    await store.database.models.staff.create({
      _id: 's1',
      role: 'nurse',
      area: '12',
      active: true,
      sealed: Buffer.from('x'),
    });
    const claim = async (args: unknown) => {
      const free = await store.database.models.staff.exists({ _id: 's1', role: 'nurse' });
      if (!free) return { value: 'taken' };
      const effects = [
        update('staff', { _id: 's1', role: 'nurse' }, { $set: { role: String(args) } }, { must: true }),
      ];
      return { value: 'mine', effects };
    };
    const [one, two] = [await join({ services: { claim } }), await join({ services: { claim } })];
    const chats = numbers(8);
    await Promise.all(
      chats.map((chat, n) =>
        (n % 2 ? one : two).converse.accept(textFrom(`claim ${chat}`, `call claim ${chat}`)),
      ),
    );
    const told = await Promise.all(chats.map((chat) => toldTo(one, `claim ${chat}`)));
    expect(told.flat().sort()).toEqual(['mine', ...Array(7).fill('taken')]);
    const winner = chats[told.findIndex(([answer]) => answer === 'mine')];
    expect((await store.database.models.staff.findById('s1'))?.role).toBe(winner);
  });

  test('a database that is away within a service is no fault of the message', async () => {
    let away = true;
    const ask = async () => {
      if (away) throw new Unavailable('away');
      return { value: 'here' };
    };
    const one = await join({ services: { ask } });
    const inbound = textFrom('away', 'call ask');
    await expect(one.converse.accept(inbound)).rejects.toMatchObject({ code: 'unavailable' });
    away = false;
    expect(await one.converse.accept(inbound)).toMatchObject({ again: false });
    expect(await toldTo(one, 'away')).toEqual(['here']);
  });
});

describe('a message that keeps failing', () => {
  const parkedOf = (chat: string) => store.database.collections.parked.find({ chat }).toArray();

  test('is parked, the chat hears a sentence, and the next message is answered', async () => {
    const one = await join();
    const accepted = await Promise.all(
      ['a', 'boom 0912345678', 'b'].map((text) => one.converse.accept(textFrom('poison', text))),
    );
    await until(() => one.sent.length === 3);
    expect(one.sent.map(saidIn)).toEqual(['told a', 'sorry', 'told b']);
    expect(await toldTo(one, 'poison')).toEqual(['a', 'b']);
    const [row, ...others] = await parkedOf(accepted[0]?.chat ?? '');
    expect(others).toEqual([]);
    expect(row).toMatchObject({ channel: 'toy', code: 'TypeError' });
    expect(row?.stack[0]).toContain('step');
    expect(JSON.stringify(row) + one.logged.join()).not.toContain('0912345678');
    const opened = await store.sealer.open(`parked|sealed|${row?._id}`, row?.sealed ?? Buffer.alloc(0));
    expect(opened).toEqual({
      event: { type: 'text', text: 'boom 0912345678' },
      error: 'cannot take boom 0912345678',
    });
    expect(one.counted).toContain('parked toy');
  });

  test('comes again: it is not tried again', async () => {
    const one = await join();
    const inbound = textFrom('poison again', 'boom', 'p1');
    const { chat } = await one.converse.accept(inbound);
    expect(await one.converse.accept(inbound)).toMatchObject({ again: true });
    expect(await parkedOf(chat)).toHaveLength(1);
  });

  test('fails once only: it is answered', async () => {
    let calls = 0;
    const flaky = async () => {
      calls += 1;
      if (calls === 1) throw new Error('once');
      return { value: 'second time' };
    };
    const one = await join({ services: { flaky } });
    await one.converse.accept(textFrom('flaky', 'call flaky'));
    expect(await toldTo(one, 'flaky')).toEqual(['second time']);
  });

  test('whose service has a slow database: it is turned away as often as it comes, and not put aside', async () => {
    let slow = true;
    const ask = () =>
      slow ? new Promise<never>(() => undefined) : Promise.resolve({ value: 'asked at last' });
    const one = await join({ services: { ask }, servicePatience: 50 });
    const inbound = textFrom('slow service', 'call ask', 's1');
    for (let tried = 0; tried < 4; tried += 1)
      await expect(one.converse.accept(inbound)).rejects.toBeInstanceOf(Unavailable);
    slow = false;
    const { chat } = await one.converse.accept(inbound);
    expect(await parkedOf(chat)).toEqual([]);
    expect(await toldTo(one, 'slow service')).toEqual(['asked at last']);
  });

  test('wants something written that the database refuses: it alone is parked', async () => {
    await store.database.collections.zones.insertOne(zone('there'));
    const one = await join({
      services: { add: async (args) => ({ value: 'added', effects: [insert('zones', zone(String(args)))] }) },
    });
    const texts = ['a', 'call add there', 'b', 'call add new'];
    const [first] = await Promise.all(texts.map((text) => one.converse.accept(textFrom('refused', text))));
    expect(await toldTo(one, 'refused')).toEqual(['a', 'b', 'added']);
    expect(await parkedOf(first?.chat ?? '')).toMatchObject([{ code: 'store.refused' }]);
  });

  test('calls without end, or a service that is not there', async () => {
    const one = await join();
    const { chat } = await one.converse.accept(textFrom('nobody', 'call nobody'));
    expect(await parkedOf(chat)).toHaveLength(1);
  });

  test('a state that cannot be read: every message is parked, none is lost, none hangs', async () => {
    const { chat } = await (await join()).converse.accept(textFrom('unreadable', 'a'));
    const { toy } = await import('./toy.ts');
    const read = () => {
      throw new Error('version 99');
    };
    const two = await join({ engine: { ...toy, read } });
    await two.converse.accept(textFrom('unreadable', 'b'));
    await two.converse.accept(textFrom('unreadable', 'c'));
    expect(await parkedOf(chat)).toHaveLength(2);
    const three = await join();
    await three.converse.accept(textFrom('unreadable', 'd'));
    expect(await toldTo(three, 'unreadable')).toEqual(['a', 'd']);
  });
});

describe('sending', () => {
  test('a crash between commit and send: another process sends what is unmarked, once', async () => {
    const { hanging, release } = hang();
    const one = await party(store.uri, { patience: 600, deliver: () => hanging });
    await Promise.all(['a', 'b'].map((text) => one.converse.accept(textFrom('crash', text))));
    await one.crash();
    release();
    const two = await join({ patience: 600 });
    await until(() => two.sent.length === 2);
    expect(two.sent.map(saidIn)).toEqual(['told a', 'told b']);
    expect(two.sent[0]).toMatchObject({ channel: 'toy', address: 'crash', lang: 'vi' });
    await pause(1_000);
    expect(two.sent).toHaveLength(2);
    expect(two.counted.filter((each) => each === 'swept message')).toHaveLength(2);
  });

  test('a slow send is in hand: no other process sends it too', async () => {
    const slow: string[] = [];
    const deliver = async (message: OutMessage) => {
      await pause(4_500);
      slow.push(saidIn(message));
    };
    // Held every third of it: by two thirds a busy machine may be late.
    const one = await join({ patience: 2_400, deliver });
    const two = await join({ patience: 2_400 });
    await one.converse.accept(textFrom('slow', 'a'));
    await until(() => slow.length === 1);
    await pause(2_600);
    expect(two.sent).toEqual([]);
    expect(slow).toEqual(['told a']);
  });

  test('a failure that passes: it is tried again, and what comes after waits for it', async () => {
    let down = true;
    const got: string[] = [];
    const deliver = async (message: OutMessage) => {
      if (down) throw new SendError('throttled', '429', 0.3);
      got.push(saidIn(message));
    };
    const one = await join({ deliver });
    await one.converse.accept(textFrom('later', 'a'));
    await one.converse.accept(textFrom('later', 'b'));
    await until(() => one.counted.filter((each) => each === 'send toy later').length >= 2);
    down = false;
    await one.converse.accept(textFrom('later', 'c'));
    await until(() => got.length === 3);
    expect(got).toEqual(['told a', 'told b', 'told c']);
  });

  test.each(['permanent', 'stopped'] as const)(
    'a %s failure is given up, counted, and holds nothing up',
    async (fault) => {
      const got: string[] = [];
      const deliver = async (message: OutMessage) => {
        if (saidIn(message) === 'told a') throw new SendError(fault, 'blocked');
        got.push(saidIn(message));
      };
      const one = await join({ deliver, patience: 300 });
      const { chat } = await one.converse.accept(textFrom(fault, 'a'));
      await one.converse.accept(textFrom(fault, 'b'));
      await until(() => got.length === 1);
      expect(one.counted).toContain('send toy gave-up');
      expect(one.logged.join()).toContain('message given up');
      const owed = async () => (await store.database.collections.conversations.findOne({ _id: chat }))?.out;
      await until(async () => Object.keys((await owed()) ?? { x: 1 }).length === 0);
    },
  );

  test('a channel that shows the whole talk gets what the person did first; of a photo only that there was one', async () => {
    const one = await join({ echoes: new Set(['toy']), workers: { read: async () => ({ value: 'card' }) } });
    await one.converse.accept(textFrom('echo', 'a'));
    await one.converse.accept({
      ...textFrom('echo', ''),
      event: { type: 'photo', ref: 'secret-ref', caption: 'me' },
    });
    await until(() => one.sent.length === 5);
    expect(one.sent.map(saidIn)).toEqual(['echo text', 'told a', 'echo photo', 'reading', 'told card']);
    expect(one.sent[2]?.body).toEqual({ echo: { type: 'photo' } });
    expect(one.sent.map(({ id }) => id.split(':').slice(1).join('.'))).toEqual([
      '1.0',
      '1.1',
      '2.0',
      '2.1',
      '3.0',
    ]);
  });
});

describe('work that outlasts a step', () => {
  const photo = (address: string) => ({
    ...textFrom(address, ''),
    event: { type: 'photo', ref: 'r1' } as const,
  });

  test.each([
    ['its result', async () => ({ value: 'card' }), 'told card'],
    ['its problem', async () => ({ problem: { key: 'no-qr' } }), 'told no-qr'],
    ['a worker that throws', () => Promise.reject(new Error('broken')), 'told work.lost'],
    ['a worker that hangs', () => new Promise<never>(() => undefined), 'told work.lost'],
  ])('%s comes back as an event', async (name, read, said) => {
    const one = await join({ workers: { read }, workTime: 300 });
    const { chat } = await one.converse.accept(photo(name));
    await until(() => one.sent.length === 2);
    expect(one.sent.map(saidIn)).toEqual(['reading', said]);
    await until(
      async () =>
        (await store.database.collections.conversations.findOne({ _id: chat }))?.pending === undefined,
    );
    expect(await store.database.collections.conversations.findOne({ _id: chat })).toMatchObject({
      work: {},
      rev: 2,
    });
  });

  test('whose process died is ended by another, once', async () => {
    const { hanging, release } = hang();
    const one = await party(store.uri, { patience: 300, workers: { read: () => hanging } });
    const { chat } = await one.converse.accept(photo('work lost'));
    await until(() => one.sent.length === 1);
    const stored = () =>
      store.database.collections.conversations.findOne({ _id: chat }, { readConcern: 'local' });
    await until(async () => Object.keys((await stored())?.out ?? { a: 1 }).length === 0); // the mark is written
    await one.crash();
    release();
    const [two, three] = [await join({ workPatience: 700 }), await join({ workPatience: 700 })];
    await until(() => two.sent.length + three.sent.length > 0);
    await pause(1_000);
    expect([...two.sent, ...three.sent].map(saidIn)).toEqual(['told work.lost']);
  });

  test('of two photos in one turn both come back', async () => {
    const cards = ['card 1', 'card 2'];
    const one = await join({ workers: { read: async () => ({ value: cards.pop() ?? 'none' }) } });
    await Promise.all([photo('two'), photo('two')].map((inbound) => one.converse.accept(inbound)));
    await until(() => one.sent.length === 4);
    expect((await toldTo(one, 'two')).toSorted()).toEqual(['card 1', 'card 2']);
  });
});

describe('limits', () => {
  test('more than may wait is turned away; what was taken is applied', async () => {
    const one = await join({ maxWaiting: 50 });
    const all = numbers(80).map((address) => one.converse.accept(textFrom(`full ${address}`, 'a')));
    const results = await Promise.allSettled(all);
    const codes = results.map((each) => (each.status === 'rejected' ? each.reason.code : 'ok'));
    expect(codes).toEqual([...Array(50).fill('ok'), ...Array(30).fill('overloaded')]);
    expect(await one.converse.accept(textFrom('full n79', 'a'))).toMatchObject({ again: false });
    expect(one.counted.filter((each) => each === 'update toy overloaded')).toHaveLength(30);
  });

  test('a chat that was thrown out of the cache is read again', async () => {
    const one = await join({ maxCached: 1 });
    for (const text of ['a', 'b'])
      for (const address of ['c1', 'c2']) await one.converse.accept(textFrom(address, text));
    expect(await toldTo(one, 'c1')).toEqual(['a', 'b']);
    expect(await toldTo(one, 'c2')).toEqual(['a', 'b']);
  });

  test('a clean stop takes nothing more, and ends what was begun', async () => {
    const got: string[] = [];
    const deliver = async (message: OutMessage) => {
      await pause(200);
      got.push(saidIn(message));
    };
    const one = await party(store.uri, { deliver });
    const taken = numbers(5).map((text) => one.converse.accept(textFrom('stop', text)));
    const closed = one.close();
    await expect(one.converse.accept(textFrom('stop', 'late'))).rejects.toMatchObject({
      code: 'unavailable',
    });
    const [first] = await Promise.all(taken);
    await closed;
    expect(got).toHaveLength(5);
    const doc = await store.database.collections.conversations.findOne(
      { _id: first?.chat ?? '' },
      { readConcern: 'local' }, // marks are not written with `majority`
    );
    expect([doc?.out, doc?.pending]).toEqual([{}, undefined]);
  });
});

test('nothing a person said, and no address, stands in the clear: neither stored nor logged', async () => {
  const secrets = ['0987654321', 'Giàng A Tủa', 'sốt cao', randomId()];
  const one = await join({ deliver: () => Promise.reject(new SendError('permanent', 'x')) });
  for (const text of secrets)
    await one.converse.accept({ ...textFrom(`+84${secrets[0]}`, text, `${secrets[0]}-${text}`) });
  await one.converse.accept(textFrom(`+84${secrets[0]}`, `boom ${secrets[1]}`));
  const dump: Buffer[] = [];
  for (const { name } of await store.database.connection.listCollections()) {
    const docs = await store.database.connection.collection(name).find({}, { raw: true }).toArray();
    dump.push(...docs.map((doc) => doc as unknown as Buffer));
  }
  const everything = Buffer.concat([...dump, Buffer.from(one.logged.join('\n'))]);
  expect(everything.length).toBeGreaterThan(10_000);
  for (const text of secrets) {
    const plain = Buffer.from(text);
    const forms = [
      plain,
      Buffer.from(text, 'utf16le'),
      ...(['hex', 'base64', 'base64url'] as const).map((form) =>
        Buffer.from(plain.toString(form).slice(0, -3)),
      ),
    ];
    for (const form of [
      ...forms,
      Buffer.from(text.normalize('NFD')),
      Buffer.from(encodeURIComponent(text)),
    ]) {
      expect(everything.includes(form)).toBe(false);
    }
  }
});

/** Something that never comes to an end, until the test lets go of it. */
function hang(): { hanging: Promise<never>; release: () => void } {
  let release: () => void = () => undefined;
  const hanging = new Promise<never>((_, reject) => {
    release = () => reject(new Error('released'));
  });
  hanging.catch(() => undefined);
  return { hanging, release };
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
