import { randomBytes } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { deliveryRow } from '../../../src/delivery/outboxRow.ts';
import { sayPlain } from '../../../src/dialogue/plain.ts';
import { line } from '../../../src/dialogue/say.ts';
import { newTalkCode } from '../../../src/domain/talkCode.ts';
import { createBlindIndex } from '../../../src/security/blind-index.ts';
import { staffServices } from '../../../src/services/staff/index.ts';
import { sealStaff } from '../../../src/services/staff/record.ts';
import { talkServices } from '../../../src/services/talks/index.ts';
import { Conversations } from '../../../src/store/conversations.ts';
import { areaOf, shippedRules } from '../../domain/risk/facts.ts';
import { engineOf, NOW, renderer } from '../../harness/talk.ts';
import { type OpenStore, openStore, RING } from '../../store/open-store.ts';
import { type Party, party, textFrom, until } from '../converse/toy.ts';

const MINUTE = 60_000;
const index = createBlindIndex(RING);
const idOf = (address: string): string => index('chat', `toy|${address}`);

let store: OpenStore;
let conversations: Conversations;
let one: Party;
let now: number;

const docs = () => store.database.collections;
const partsOf = () => ({
  collections: docs(),
  sealer: store.sealer,
  index,
  conversations,
  links: (said: string) => [
    { channel: 'telegram', url: `https://t.me/example?start=${said}` },
    { channel: 'toy', url: `https://toy.example/?say=${said}` },
  ],
  random: randomBytes,
});
const staffParts = () => ({ ...partsOf(), rules: shippedRules, areaOf, home: '12' });

beforeAll(async () => {
  store = await openStore();
  conversations = new Conversations(store.database, store.sealer);
});
beforeEach(async () => {
  now = NOW;
  const services = { ...staffServices(staffParts()), ...talkServices(partsOf()) };
  one = await party(store.uri, { engine: engineOf(), services, clock: () => now });
});
afterEach(async () => {
  await one.close();
  for (const name of ['talkOffers', 'deliveries', 'declarations', 'people', 'feedback', 'staff'] as const)
    await docs()[name].deleteMany({});
});
afterAll(() => store.close());

/** Says something, and reads the answer to it. */
const ask = async (address: string, text: string): Promise<string> => {
  const mine = () => one.sent.filter((message) => message.address === address);
  const before = mine().length;
  await one.converse.accept(textFrom(address, text));
  await until(() => mine().length > before);
  now += 1000;
  return mine()
    .slice(before)
    .map(({ body }) => ('say' in body ? sayPlain(renderer, 'vi', body.say) : ''))
    .join('\n');
};
const codeOf = async (address: string): Promise<string> =>
  /KN-\w{4}-\w{4}/.exec(await ask(address, 'kết nối'))?.[0] ?? '';
const join = async (address: string, code: string): Promise<string> => {
  await ask(address, code);
  return ask(address, 'có');
};
const connected = async (a: string, b: string): Promise<void> => {
  expect(await join(b, await codeOf(a))).toContain('Đã kết nối');
};
const talkOf = async (address: string): Promise<string | undefined> =>
  (await conversations.load(idOf(address)))?.talk;
const news = async () => {
  const rows = await docs().deliveries.find({ purpose: 'talkNews' }).sort({ _id: 1 }).toArray();
  return rows.map(({ chat }) => chat);
};
/** Another code with the same first half. */
const misread = (code: string): string => `${code.slice(0, -1)}${code.endsWith('0') ? '1' : '0'}`;

describe('a code', () => {
  test('is shown with links of the other channels only, and stored as blind indexes only', async () => {
    const shown = await ask('a', 'kết nối');
    const code = /KN-\w{4}-\w{4}/.exec(shown)?.[0] ?? '';
    expect(shown).toContain(`https://t.me/example?start=${code.replaceAll('-', '')}`);
    expect(shown).not.toContain('toy.example');
    const stored = JSON.stringify(await docs().talkOffers.find().toArray());
    for (const half of code.split('-').slice(1)) expect(stored).not.toContain(half);
  });

  test('connects after a yes, and the other chat hears of it', async () => {
    const code = await codeOf('b');
    expect(await ask('c', code)).toContain('Hai nơi sẽ thấy chung');
    expect(await talkOf('c')).toBeUndefined();
    expect(await ask('c', 'có')).toContain('Đã kết nối');
    expect(await talkOf('c')).toBe(await talkOf('b'));
    expect(await news()).toEqual([idOf('b')]);
  });

  test('connects nothing after a no, and can still be used', async () => {
    const code = await codeOf('d');
    await ask('e', code);
    expect(await ask('e', 'không')).toContain('giữ nguyên');
    expect([await talkOf('d'), await talkOf('e')]).toEqual([undefined, undefined]);
    expect(await join('e', code)).toContain('Đã kết nối');
  });

  test('works once', async () => {
    const code = await codeOf('f');
    await join('g', code);
    expect(await ask('h', code)).toContain('không đúng, đã dùng hoặc đã hết hạn');
  });

  test('works for one of two chats that confirm it at once', async () => {
    const code = await codeOf('i');
    for (const address of ['j', 'k']) await ask(address, code);
    const answers = await Promise.all(['j', 'k'].map((address) => ask(address, 'có')));
    expect(answers.filter((answer) => answer.includes('Đã kết nối'))).toHaveLength(1);
    expect(answers.filter((answer) => answer.includes('hết hạn'))).toHaveLength(1);
  });

  test('ends after ten minutes, also between the question and the yes', async () => {
    const code = await codeOf('l');
    now += 9 * MINUTE;
    expect(await ask('m', code)).toContain('Kết nối cuộc trò chuyện');
    now += 2 * MINUTE;
    expect(await ask('m', 'có')).toContain('hết hạn');
    expect(await talkOf('m')).toBeUndefined();
  });

  test('ends when the chat shows another', async () => {
    const first = await codeOf('n');
    const second = await codeOf('n');
    expect(await ask('o', first)).toContain('hết hạn');
    expect(await ask('o', second)).toContain('Kết nối cuộc trò chuyện');
  });

  test('ends after five wrong secrets, from whichever chats', async () => {
    const code = await codeOf('p');
    for (const n of [1, 2, 3, 4, 5]) expect(await ask(`guess ${n}`, misread(code))).toContain('không đúng');
    expect(await ask('q', code)).toContain('hết hạn');
  });

  test('guessed at by many at once is counted one by one', async () => {
    const code = await codeOf('r');
    const guessers = Array.from({ length: 4 }, (_, n) => `at once ${n}`);
    await Promise.all(guessers.map((address) => ask(address, misread(code))));
    expect(await docs().talkOffers.find().toArray()).toMatchObject([{ wrong: 4 }]);
    expect(await ask('s', code)).toContain('Kết nối cuộc trò chuyện');
  });

  test('whoever types five wrong ones waits for an hour, a right one too', async () => {
    for (const left of [4, 3, 2, 1, 0])
      expect(await ask('t', newTalkCode(randomBytes))).toContain(`Còn ${left} lần`);
    const code = await codeOf('u');
    expect(await ask('t', code)).toContain('thử lại sau 60 phút');
    now += 61 * MINUTE;
    expect(await ask('t', await codeOf('u'))).toContain('Kết nối cuộc trò chuyện');
  });
});

describe('is refused', () => {
  test('to the chat that shows it', async () => {
    expect(await ask('v', await codeOf('v'))).toContain('chính cuộc trò chuyện này');
  });

  test('to a chat of the same talk, and to one of another', async () => {
    await connected('w1', 'w2');
    expect(await ask('w2', await codeOf('w1'))).toContain('đã kết nối với nhau rồi');
    await connected('x1', 'x2');
    expect(await ask('x1', await codeOf('w1'))).toContain('đã kết nối với nơi khác');
    expect(await ask('x1', await codeOf('plain'))).toContain('đã kết nối với nơi khác');
  });

  test('to a sixth chat, before or after the code is shown', async () => {
    const code = await codeOf('y0');
    for (const n of [1, 2, 3]) await connected('y0', `y${n}`);
    const last = await codeOf('y0');
    await connected('y1', 'y4');
    expect(await ask('y5', last)).toContain('đủ số nơi');
    expect(await ask('y0', 'kết nối')).toContain('đủ số nơi');
    expect(code).not.toBe(last);
  });
});

describe('what belongs to the chats', () => {
  const declaration = (id: string, address: string) =>
    docs().declarations.insertOne({ _id: id, declaredBy: idOf(address), chats: [idOf(address)] } as never);

  const declarationOf = async (id: string) => {
    const { declaredBy, chats } = (await docs().declarations.findOne({ _id: id })) ?? {};
    return { declaredBy, chats };
  };
  /** Takes the first chat of the talk out of it, in another one. */
  const lose = async (other: string): Promise<void> => {
    await ask(other, 'ngắt kết nối');
    await ask(other, '1');
    expect(await ask(other, 'có')).toContain('Đã ngắt');
  };
  const reminder = (
    purpose: 'codeReminder' | 'movementReminder' | 'feedbackAnswer',
    about: string,
    chat: string,
  ) =>
    docs().deliveries.insertOne(
      deliveryRow(store.sealer, { purpose, about, rev: 1, chat, at: now, notes: [line('alert.claimed')] }),
    );
  const chatOf = async (about: string) => (await docs().deliveries.findOne({ about }))?.chat;

  test('is the talk’s, and stays there when they leave', async () => {
    await declaration('d1', 'ca');
    await declaration('d2', 'cb');
    await declaration('d3', 'stranger');
    await docs().declarations.updateOne({ _id: 'd3' }, { $push: { chats: idOf('ca') } }); // opened by its code
    await docs().people.insertOne({ _id: 'p1', chats: [idOf('cb')] } as never);
    await docs().feedback.insertOne({ _id: 'f1', chat: idOf('ca') } as never);
    await connected('ca', 'cb');
    const talk = (await talkOf('ca')) ?? '';
    await lose('cb');
    expect(await talkOf('ca')).toBeUndefined();
    expect(await declarationOf('d1')).toEqual({ declaredBy: talk, chats: [talk] });
    expect(await declarationOf('d2')).toEqual({ declaredBy: talk, chats: [talk] });
    expect(await declarationOf('d3')).toEqual({
      declaredBy: idOf('stranger'),
      chats: [idOf('stranger'), talk],
    });
    expect((await docs().people.findOne({ _id: 'p1' }))?.chats).toEqual([talk]);
    expect((await docs().feedback.findOne({ _id: 'f1' }))?.chat).toBe(talk);
  });

  test('is told of in the talk, also what was on its way to one of them', async () => {
    await declaration('d5', 'ka');
    await docs().feedback.insertOne({ _id: 'f2', chat: idOf('ka') } as never);
    await reminder('movementReminder', `movement:${idOf('ka')}`, idOf('ka'));
    await reminder('codeReminder', `codeEnding:${idOf('ka')}`, idOf('ka'));
    await reminder('feedbackAnswer', 'f2', idOf('ka'));
    await reminder('codeReminder', 'codeEnding:another', idOf('another'));
    await connected('ka', 'kb');
    const talk = await talkOf('ka');
    const abouts = [`movement:${idOf('ka')}`, `codeEnding:${idOf('ka')}`, 'f2'];
    expect(await Promise.all(abouts.map(chatOf))).toEqual([talk, talk, talk]);
    expect(await chatOf('codeEnding:another')).toBe(idOf('another'));
  });

  test('of chats that an older release connected it goes over when they leave', async () => {
    await connected('la', 'lb');
    const talk = (await talkOf('la')) ?? '';
    await declaration('d6', 'la');
    await docs().declarations.updateOne({ _id: 'd6' }, { $push: { chats: talk } });
    await docs().people.insertOne({ _id: 'p2', chats: [idOf('la'), talk] } as never);
    await reminder('codeReminder', `codeEnding:${idOf('la')}`, idOf('la'));
    await lose('lb');
    expect(await declarationOf('d6')).toEqual({ declaredBy: talk, chats: [talk] });
    expect((await docs().people.findOne({ _id: 'p2' }))?.chats).toEqual([talk]);
    expect(await chatOf(`codeEnding:${idOf('la')}`)).toBe(talk);
  });

  test('a third chat brings its own', async () => {
    await connected('da', 'db');
    await declaration('d4', 'dc');
    await connected('db', 'dc');
    expect((await declarationOf('d4')).chats).toEqual([await talkOf('da')]);
    expect((await news()).toSorted()).toEqual([idOf('da'), idOf('da'), idOf('db')].toSorted());
  });
});

describe('a staff member', () => {
  const staff = async (id: string, address: string, more: readonly string[] = []): Promise<void> => {
    const code = newTalkCode(randomBytes).replace('KN', 'NV');
    await docs().staff.insertOne({
      _id: id,
      role: 'duty',
      area: '12',
      chats: [...more],
      active: true,
      sealed: sealStaff(staffParts(), id, { name: 'Lò Thị Hoa' }),
    });
    await docs().invitations.insertOne({
      _id: index('invitation', code),
      staff: id,
      expiresAt: new Date(now + MINUTE),
    });
    expect(await ask(address, code)).toContain('Lò Thị Hoa');
  };
  const chatsOf = async (id: string) => (await docs().staff.findOne({ _id: id }))?.chats;
  const memory = async (id: string) =>
    ((await conversations.load(id))?.state as { memory: Record<string, unknown> } | undefined)?.memory;

  test('joins: the talk is their chat, with what is on its way to them', async () => {
    await staff('s1', 'ea', ['another phone']);
    const message = {
      purpose: 'alert',
      about: 'al1',
      rev: 1,
      at: now,
      notes: [line('alert.claimed')],
    } as const;
    await docs().deliveries.insertOne(
      deliveryRow(store.sealer, { ...message, chat: idOf('ea'), staff: 's1' }),
    );
    const code = await codeOf('eb');
    expect(await ask('ea', code)).toContain('cán bộ');
    await ask('ea', 'có');
    const talk = (await talkOf('ea')) ?? '';
    expect(await chatsOf('s1')).toEqual([talk, 'another phone']);
    expect(await memory(talk)).toMatchObject({ staff: 's1', talk: true });
    expect(await docs().deliveries.findOne({ staff: 's1' })).toMatchObject({ chat: talk });
    expect(await ask('eb', 'ca trực')).toContain('Anh/chị đang');
  });

  test('who disconnects a chat takes it off their own', async () => {
    await staff('s2', 'fa');
    await connected('fa', 'fb');
    const talk = await talkOf('fa');
    await ask('fa', 'ngắt kết nối');
    await ask('fa', '2');
    expect(await ask('fa', 'có')).toContain('Đã ngắt');
    expect(await chatsOf('s2')).toEqual([talk]);
    expect(await memory(idOf('fb'))).toEqual({});
    expect(await ask('fb', 'ca trực')).toContain('chưa hiểu');
  });

  test('is not connected with another one', async () => {
    await staff('s3', 'ga');
    await staff('s4', 'gb');
    expect(await ask('gb', await codeOf('ga'))).toContain('hai cán bộ khác nhau');
  });
});

describe('disconnecting', () => {
  test('another chat: it begins anew and is told; the last one keeps the talk', async () => {
    await connected('ha', 'hb');
    const talk = await talkOf('ha');
    expect(await ask('ha', 'ngắt kết nối')).toContain('(đang dùng)');
    expect(await ask('ha', '2')).toContain('không thấy tờ khai');
    expect(await ask('ha', 'có')).toContain('Đã ngắt');
    expect([await talkOf('ha'), await talkOf('hb')]).toEqual([talk, undefined]);
    expect((await news()).filter((chat) => chat === idOf('hb'))).toHaveLength(1);
    expect(await ask('hb', 'menu')).not.toContain('Ngắt kết nối');
    expect(await ask('ha', 'menu')).not.toContain('Ngắt kết nối');
    await connected('ha', 'hb');
    expect(await talkOf('hb')).toBe(talk);
  });

  test('this chat: the answer still comes here, and the others are told', async () => {
    await connected('ia', 'ib');
    await connected('ia', 'ic');
    await docs().deliveries.deleteMany({});
    await ask('ib', 'ngắt kết nối');
    await ask('ib', '2');
    expect(await ask('ib', 'có')).toContain('Đã ngắt nơi này');
    expect(await talkOf('ib')).toBeUndefined();
    expect((await news()).toSorted()).toEqual([idOf('ia'), idOf('ic')].toSorted());
    expect(await ask('ia', 'menu')).toContain('Ngắt kết nối');
  });
});
