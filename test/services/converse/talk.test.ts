import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { letInBy } from '../../../src/app/reader.ts';
import { SendError } from '../../../src/delivery/outgoing.ts';
import { RETENTION_DAYS } from '../../../src/domain/declaration.ts';
import { createBlindIndex } from '../../../src/security/blind-index.ts';
import { randomId } from '../../../src/security/random.ts';
import type { OutMessage } from '../../../src/services/converse/ports.ts';
import type { Service } from '../../../src/services/service.ts';
import type { Conversation } from '../../../src/store/conversation.ts';
import { Conversations } from '../../../src/store/conversations.ts';
import { update } from '../../../src/store/effect.ts';
import { Unavailable } from '../../../src/store/errors.ts';
import { type OpenStore, openStore, RING } from '../../store/open-store.ts';
import { type Party, party, saidIn, textFrom, toldTo, until } from './toy.ts';

const DAY = 86_400_000;
let store: OpenStore;
let conversations: Conversations;
const parties: Party[] = [];

const idOf = (address: string): string => createBlindIndex(RING)('chat', `toy|${address}`);
const read = async (id: string): Promise<Conversation> => {
  const found = await conversations.load(id);
  if (found === null) throw new Error(`no conversation ${id}`);
  return found;
};
const talkOf = async (address: string): Promise<Conversation> =>
  read((await read(idOf(address))).talk ?? 'none');
const toldIn = async (address: string): Promise<unknown> =>
  ((await talkOf(address)).state as { memory: { told: unknown } }).memory.told;

/** `call join b`: this chat joins b's conversation. `call leave b`: b leaves the talk. `call log x`: writes it down. */
const services: Readonly<Record<string, Service>> = {
  join: async (args, { chat, own }) => {
    const other = await read(idOf(String(args)));
    const join = other.talk === undefined ? other : await read(other.talk);
    return chat !== own || join.id === chat
      ? { value: 'joined already' }
      : {
          value: 'joined',
          talk: { join, id: join.members ? join.id : randomId(), remember: { talk: true } },
        };
  },
  leave: async (args, { chat, own }) => {
    const leave = idOf(String(args));
    if (chat === own) return { value: 'left already' };
    return { value: 'left', talk: { leave, alias: await conversations.load(leave) } };
  },
  log: async (args, { own }) => ({
    value: `logged ${args}`,
    effects: [update('zones', { _id: `log ${own}` }, { $push: { log: args } as never })],
  }),
};

const join = async (options: Parameters<typeof party>[1] = {}): Promise<Party> => {
  const joined = await party(store.uri, { services, ...options });
  parties.push(joined);
  return joined;
};
const say = (one: Party, address: string, text: string, deliveryId?: string) =>
  one.converse.accept(textFrom(address, text, deliveryId));
const heard = (one: Party) => one.sent.map((message) => `${message.address}: ${saidIn(message)}`);

beforeAll(async () => {
  store = await openStore();
  conversations = new Conversations(store.database, store.sealer);
});
afterEach(async () => {
  await Promise.all(parties.splice(0).map((each) => each.close()));
});
afterAll(() => store.close());

/** Two chats that have spoken, and are linked: the second has joined the first. */
const linked = async (one: Party, a: string, b: string): Promise<void> => {
  await say(one, a, `${a}1`);
  await say(one, b, `${b}1`);
  await say(one, b, `call join ${a}`);
};

describe('a shared conversation', () => {
  test('both chats say into it, and each is answered where it asked', async () => {
    const one = await join();
    await linked(one, 'a', 'b');
    await say(one, 'a', 'a2');
    await say(one, 'b', 'b2');
    expect(await toldIn('a')).toEqual(['a1', 'a2', 'b2']);
    expect(await talkOf('b')).toEqual(await talkOf('a'));
    await until(() => one.sent.length === 5);
    expect(heard(one)).toEqual(['a: told a1', 'b: told b1', 'b: told joined', 'a: told a2', 'b: told b2']);
    expect(one.sent.at(-1)).toMatchObject({ chat: idOf('b'), of: (await talkOf('b')).id });
  });

  test('the chats keep nothing but what they have seen; the talk knows who spoke last', async () => {
    const one = await join();
    await linked(one, 'c', 'd');
    for (const address of ['c', 'd'])
      expect(await read(idOf(address))).toMatchObject({ state: { memory: {}, runs: [] }, rev: 2 });
    expect(await talkOf('c')).toMatchObject({
      address: 'd',
      rev: 1,
      members: [{ chat: idOf('c') }, { chat: idOf('d') }],
    });
    await say(one, 'c', 'c2');
    expect(await talkOf('c')).toMatchObject({ address: 'c', rev: 2 });
    const raw = await store.database.collections.conversations.findOne({ _id: (await talkOf('c')).id });
    expect(raw?.members?.toString('latin1')).not.toContain('toy');
  });

  test('a third chat joins it, also through another chat of it', async () => {
    const one = await join();
    await linked(one, 'e', 'f');
    await say(one, 'g', 'g1');
    await say(one, 'g', 'call join f');
    for (const address of ['g', 'e', 'f']) await say(one, address, `${address}2`);
    expect(await toldIn('g')).toEqual(['e1', 'g2', 'e2', 'f2']);
    expect((await talkOf('e')).members).toHaveLength(3);
  });

  test('a chat whose first message ever joins', async () => {
    const one = await join();
    await say(one, 'old', 'o1');
    await say(one, 'new', 'call join old');
    await say(one, 'new', 'n2');
    expect(await toldIn('old')).toEqual(['o1', 'n2']);
  });

  test('two chats that join each other at once end in one talk', async () => {
    const [one, two] = [await join(), await join()];
    await say(one, 'x', 'x1');
    await say(two, 'y', 'y1');
    await Promise.all([say(one, 'x', 'call join y'), say(two, 'y', 'call join x')]);
    expect((await talkOf('x')).id).toBe((await talkOf('y')).id);
  });
});

describe('another process with an older view', () => {
  test('hands on what it takes for a plain chat, in order', async () => {
    const [one, two] = [await join(), await join()];
    await say(one, 'h', 'h1');
    await say(one, 'i', 'i1');
    await say(two, 'i', 'call join h');
    const texts = ['h2', 'h3', 'h4', 'h5'];
    await Promise.all(texts.map((text) => say(one, 'h', text)));
    await say(one, 'i', 'i2');
    expect(await toldIn('h')).toEqual(['h1', ...texts, 'i2']);
  });

  test('gives back what is no part of the talk any more, in order', async () => {
    const [one, two] = [await join(), await join()];
    await linked(one, 'j', 'k');
    await say(one, 'k', 'k2');
    await say(two, 'j', 'call leave k');
    await Promise.all(['k3', 'k4', 'k5'].map((text) => say(one, 'k', text)));
    await say(one, 'j', 'j2');
    expect(await toldTo(one, 'k')).toEqual(['k3', 'k4', 'k5']);
    expect(await toldIn('j')).toEqual(['j1', 'k2', 'left', 'j2']);
    expect((await talkOf('j')).members).toMatchObject([{ address: 'j' }]);
  });

  test('finds a chat that left, came back, and left for another talk', async () => {
    const [one, two] = [await join(), await join()];
    await linked(one, 'l', 'm');
    await linked(one, 'n', 'o');
    await say(one, 'm', 'm2');
    await say(two, 'm', 'call leave m');
    await say(two, 'm', 'call join l');
    await say(one, 'm', 'm3');
    expect(await toldIn('l')).toEqual(['l1', 'm2', 'left', 'm3']);
    await say(two, 'm', 'call leave m');
    await say(two, 'm', 'call join n');
    await say(one, 'm', 'm4');
    expect(await toldIn('n')).toEqual(['n1', 'm4']);
  });

  test('has seen the talk without a chat that is in it again', async () => {
    const [one, two] = [await join(), await join()];
    await linked(two, 'stays', 'returns');
    await say(two, 'returns', 'call leave returns');
    await say(one, 'stays', 's2');
    await say(one, 'returns', 'r2');
    await say(two, 'returns', 'call join stays');
    await say(one, 'returns', 'r3');
    expect(await toldIn('stays')).toEqual(['stays1', 'left', 's2', 'r3']);
  });

  test('has an update in flight while the chat is joined: it is applied once, in the talk', async () => {
    let reached: () => void = () => undefined;
    const stepping = new Promise<void>((resolve) => {
      reached = resolve;
    });
    let release: () => void = () => undefined;
    const gate = new Promise<void>((resolve) => {
      release = resolve;
    });
    const slow: Service = async () => {
      reached();
      await gate;
      return { value: 'slow' };
    };
    const [one, two] = [await join({ services: { ...services, slow } }), await join()];
    await say(one, 'p', 'p1');
    await say(two, 'q', 'q1');
    const inFlight = say(one, 'p', 'call slow');
    await stepping;
    await say(two, 'q', 'call join p');
    release();
    expect(await inFlight).toMatchObject({ again: false });
    expect(await toldIn('p')).toEqual(['p1', 'slow']);
  });
});

describe('a delivery that comes again', () => {
  test('after the link, the link itself, and after the end of it: never applied twice, in any process', async () => {
    const [one, two] = [await join(), await join()];
    const again = async (address: string, text: string, id: string) => {
      for (const each of [one, two])
        expect(await say(each, address, text, id)).toMatchObject({ again: true });
    };
    await say(one, 'r', 'r1', 'r-1');
    await say(one, 's', 's1', 's-1');
    await say(one, 's', 'call join r', 's-2');
    await again('r', 'r1', 'r-1');
    await again('s', 's1', 's-1');
    await again('s', 'call join r', 's-2');
    await say(two, 's', 's3', 's-3');
    await again('s', 's3', 's-3');
    await say(two, 's', 'call leave s', 's-4');
    for (const [text, id] of [
      ['call leave s', 's-4'],
      ['s3', 's-3'],
      ['call join r', 's-2'],
      ['s1', 's-1'],
    ] as const)
      await again('s', text, id);
    await again('r', 'r1', 'r-1');
    expect(await toldTo(one, 's')).toEqual([]);
    expect(await toldIn('r')).toEqual(['r1', 's3', 'left']);
  });
});

test('links and unlinks under fire from two processes: every message once, each chat in its order', async () => {
  const [one, two] = [await join(), await join()];
  const chats = ['t', 'u', 'v'];
  for (const chat of chats) {
    await store.database.collections.zones.insertOne({ _id: `log ${idOf(chat)}`, log: [] } as never);
    await say(one, chat, 'call log start');
  }
  const turnedAway = new Set<string>();
  /** As a platform does: again, until it is taken. Then it may come after what was sent later. */
  const insist = async (process: Party, chat: string, text: string, id: string): Promise<void> => {
    try {
      await say(process, chat, text, id);
    } catch (error) {
      if (!(error instanceof Unavailable)) throw error;
      turnedAway.add(`${chat} ${id}`);
      await insist(process, chat, text, id);
    }
  };
  const talker = async (chat: string) => {
    for (let n = 0; n < 24; n += 1) {
      const process = (n + chat.length) % 2 === 0 ? one : two;
      if (chat !== 't' && n % 4 === 1)
        await insist(process, chat, `call ${n % 8 === 1 ? 'join t' : `leave ${chat}`}`, `${n}`);
      const burst = [0, 1, 2].map((each) => insist(process, chat, `call log ${n}.${each}`, `${n}.${each}`));
      await Promise.all(burst);
      await insist(process === one ? two : one, chat, `call log ${n}.1`, `${n}.1`);
    }
  };
  await Promise.all(chats.map(talker));
  const all = Array.from({ length: 24 }, (_, n) => [0, 1, 2].map((each) => `${n}.${each}`)).flat();
  for (const chat of chats) {
    const doc = await store.database.collections.zones.findOne({ _id: `log ${idOf(chat)}` });
    const { log } = doc as unknown as { log: string[] };
    expect([chat, log.toSorted()]).toEqual([chat, ['start', ...all].toSorted()]);
    const atOnce = (id: string) => !turnedAway.has(`${chat} ${id}`);
    expect([chat, log.filter(atOnce)]).toEqual([chat, ['start', ...all].filter(atOnce)]);
  }
  expect(turnedAway.size).toBeLessThan(all.length);
  expect(one.counted.concat(two.counted).filter((each) => each.startsWith('parked'))).toEqual([]);
});

test('a crash after the link: what was to be said is said by another process, where it was asked', async () => {
  const { hanging, release } = hang();
  const one = await party(store.uri, { patience: 600, services, deliver: () => hanging });
  await linked(one, 'crashA', 'crashB');
  await say(one, 'crashA', 'a2');
  await one.crash();
  release();
  const two = await join({ patience: 600 });
  await until(() => two.sent.length === 4);
  expect(heard(two).toSorted()).toEqual([
    'crashA: told a2',
    'crashA: told crashA1',
    'crashB: told crashB1',
    'crashB: told joined',
  ]);
});

describe('what is owed', () => {
  test('one chat in trouble does not hold up the other, nor is it tried before its time', async () => {
    const got: string[] = [];
    let down = true;
    const deliver = async (message: OutMessage) => {
      if (down && message.address === 'down') throw new SendError('throttled', '429', 1);
      got.push(`${message.address}: ${saidIn(message)}`);
    };
    const one = await join({ deliver });
    await linked(one, 'up', 'down');
    await say(one, 'down', 'd2');
    for (const text of ['u2', 'u3']) await say(one, 'up', text);
    await until(() => got.length === 3);
    expect(got).toEqual(['up: told up1', 'up: told u2', 'up: told u3']);
    down = false;
    await until(() => got.length === 6);
    expect(got.filter((each) => each.startsWith('down')).toSorted()).toEqual([
      'down: told d2',
      'down: told down1',
      'down: told joined',
    ]);
  });

  test('a photo is fetched from and answered to the chat that sent it, whoever spoke meanwhile', async () => {
    const { hanging, release } = waitFor();
    const read = async () => {
      await hanging;
      return { value: 'card' };
    };
    const one = await join({ workers: { read } });
    await linked(one, 'asks', 'photographs');
    await one.converse.accept({
      ...textFrom('photographs', ''),
      event: { type: 'photo', ref: 'r1' },
    });
    await say(one, 'asks', 'meanwhile');
    release();
    await until(() => one.sent.some((message) => saidIn(message) === 'told card'));
    expect(heard(one).slice(-3)).toEqual([
      'photographs: reading',
      'asks: told meanwhile',
      'photographs: told card',
    ]);
    expect((await talkOf('asks')).address).toBe('asks');
  });

  test('work ordered before the link ends in the talk; ordered by who has left, it is ended all the same', async () => {
    const { hanging, release } = waitFor();
    const read = async () => {
      await hanging;
      return { value: 'card' };
    };
    const one = await join({ workers: { read } });
    const photo = (address: string) =>
      one.converse.accept({ ...textFrom(address, ''), event: { type: 'photo', ref: 'r1' } });
    await say(one, 'w', 'w1');
    await photo('w');
    await say(one, 'z', 'call join w');
    await photo('z');
    await say(one, 'w', 'call leave z');
    release();
    await until(() => one.sent.filter((message) => saidIn(message) === 'told card').length === 2);
    expect(heard(one).slice(-2)).toEqual(['w: told card', 'w: told card']);
    expect(await toldIn('w')).toEqual(['w1', 'left', 'card', 'card']);
    const { collections } = store.database;
    const owed = async (id: string) => (await collections.conversations.findOne({ _id: id }))?.work;
    expect([await owed(idOf('w')), await owed((await talkOf('w')).id)]).toEqual([{}, {}]);
  });
});

describe('somebody who has stopped us', () => {
  const stopped = async (id: string) => Object.keys((await read(id)).stopped ?? {});

  test('is known from the answer to a reply, by chat, until they speak again', async () => {
    const blocked = new Set(['blocks', 'alone']);
    const deliver = async ({ address }: OutMessage) => {
      if (blocked.has(address)) throw new SendError('stopped', 'blocked');
    };
    const one = await join({ deliver });
    await say(one, 'alone', 'a1');
    await until(async () => (await stopped(idOf('alone'))).length === 1);
    await linked(one, 'hears', 'blocks');
    await say(one, 'blocks', 'b2');
    const { id } = await talkOf('hears');
    await until(async () => (await stopped(id)).length === 1);
    await say(one, 'hears', 'h2');
    expect(await stopped(id)).toEqual([idOf('blocks')]);
    blocked.clear();
    for (const address of ['alone', 'blocks']) await say(one, address, 'back again');
    expect([await stopped(id), await stopped(idOf('alone'))]).toEqual([[], []]);
  });

  test('and who lets us in again without a word is not marked any more: in a chat of their own, and in a talk', async () => {
    const one = await join();
    await say(one, 'mute', 'm1');
    await linked(one, 'both', 'quiet');
    const talk = await talkOf('quiet');
    await conversations.stopped(idOf('mute'), idOf('mute'), (await read(idOf('mute'))).rev);
    for (const address of ['both', 'quiet']) await conversations.stopped(talk.id, idOf(address), talk.rev);
    expect([await stopped(idOf('mute')), await stopped(talk.id)]).toMatchObject([
      { length: 1 },
      { length: 2 },
    ]);
    const letIn = letInBy(conversations, idOf);
    for (const address of ['mute', 'quiet', 'nobody we know']) await letIn(address);
    expect([await stopped(idOf('mute')), await stopped(talk.id)]).toEqual([[], [idOf('both')]]);
  });

  test('a mark that comes late, after they have spoken, is not made', async () => {
    const one = await join();
    const { rev, chat } = await say(one, 'late', 'l1');
    await say(one, 'late', 'l2');
    await conversations.stopped(chat, chat, rev);
    expect(await stopped(chat)).toEqual([]);
  });
});

describe('how long it is kept', () => {
  test('aliases outlive their talk, also when only one of them speaks', async () => {
    let now = Date.parse('2026-11-23T02:00:00Z');
    const one = await join({ clock: () => now });
    await linked(one, 'speaks', 'silent');
    const day = async (id: string) => Math.floor(((await read(id)).forgetAt - now) / DAY);
    expect((await talkOf('speaks')).forgetAt).toBe(now + (RETENTION_DAYS - 1) * DAY);
    now += 20 * DAY;
    await say(one, 'speaks', 'still here');
    for (const address of ['speaks', 'silent']) expect(await day(idOf(address))).toBe(RETENTION_DAYS);
    expect(await day((await talkOf('speaks')).id)).toBe(RETENTION_DAYS - 1);
  });

  test('a chat whose talk was deleted begins anew', async () => {
    const one = await join();
    await linked(one, 'once', 'twice');
    await say(one, 'once', 'o2', 'o-2');
    const { id } = await talkOf('once');
    await store.database.collections.conversations.deleteOne({ _id: id });
    const two = await join();
    await say(two, 'once', 'hello');
    await say(two, 'once', 'again');
    expect(await toldTo(two, 'once')).toEqual(['hello', 'again']);
    expect((await read(idOf('once'))).talk).toBeUndefined();
  });
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

function waitFor(): { hanging: Promise<void>; release: () => void } {
  let release: () => void = () => undefined;
  const hanging = new Promise<void>((resolve) => {
    release = resolve;
  });
  return { hanging, release };
}
