import { inspect } from 'node:util';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { XLSX } from '../../../src/delivery/attachments.ts';
import type { Outgoing } from '../../../src/delivery/outgoing.ts';
import { type Choice, line, type Say } from '../../../src/dialogue/say.ts';
import { type FakeTelegram, type FakeUser, startFakeTelegram } from '../../harness/telegram/server.ts';
import { readable } from './phone.ts';
import { carrying, isSetUp, picture, type Stand, type StandOptions, startStand, until } from './stand.ts';

let fake: FakeTelegram;
let stand: Stand;
let user: FakeUser;
const open = async (options?: StandOptions): Promise<void> => {
  fake = await startFakeTelegram();
  stand = await startStand(fake, options);
  await until('it is set up', () => isSetUp(fake));
  user = fake.user();
  user.say('/start');
};
/** Another channel, with parts of its own. */
const reopen = async (options: StandOptions): Promise<void> => {
  await stand.stop();
  await fake.close();
  await open(options);
};
beforeEach(() => open());
afterEach(async () => {
  await stand.stop();
  await fake.close();
});

const yesNo: readonly Choice[] = [
  { id: 'yes', label: line('word.yes') },
  { id: 'no', label: line('word.no') },
];
let turn = 0;
const question = (more: Partial<Say> = {}): Say => {
  turn += 1;
  return { notes: [], ask: line('withdraw.sure'), choices: yesNo, turn, ...more };
};
const note = (key: string): Say => {
  turn += 1;
  return { notes: [line(key)], turn };
};
const message = (say: Say, more: Partial<Outgoing> = {}): Outgoing => ({
  id: `c:${say.turn}:0`,
  address: String(user.id),
  lang: 'vi',
  say,
  ...more,
});
const send = (say: Say, more?: Partial<Outgoing>) => stand.channel.send(message(say, more));
const screen = () => user.screen().map(readable);
const sends = () => fake.calls.filter(({ method }) => /^(?:send|edit)/.test(method));
const fault = async (sending: Promise<unknown>): Promise<unknown> =>
  sending.then(
    () => 'it went',
    (error: unknown) => error,
  );

describe('a message that was answered', () => {
  test('loses its buttons, and the answer is a new one', async () => {
    const { ref = '' } = await send(question());
    await send(note('engine.dropped'), { pressed: ref });
    await until('the buttons are gone', () => user.screen()[0]?.inline.length === 0);
    expect(screen()).toEqual([expect.stringContaining('Thu hồi'), 'Đã xóa bản nháp.']);
  });

  test('and still stands there changed is edited in its place', async () => {
    const several = question({ several: true });
    const { ref = '' } = await send(several);
    const [yes, no] = yesNo;
    const ticked = [{ ...yes, picked: true }, no] as readonly Choice[];
    const sent = await send(question({ several: true, choices: ticked, same: true }), { pressed: ref });
    expect(sent).toEqual({ ref });
    expect(user.screen()).toMatchObject([{ inline: [['☑ Có', '☐ Không']], editedCount: 1 }]);
  });

  test('and is the same as before is well as it is', async () => {
    const { ref = '' } = await send(question());
    const again = { ...question({ same: true }), turn };
    await send(again, { pressed: ref, id: 'c:a:0' });
    await send(again, { pressed: ref, id: 'c:b:0' });
    expect(sends().at(-1)?.answer).toMatchObject({ status: 400, description: /not modified/ });
    expect(user.screen()).toHaveLength(1);
  });

  test.each([
    ['was deleted', '4000000'],
    ['has no number', 'x'],
  ])('and %s is asked anew', async (_, pressed) => {
    const sent = await send(question({ same: true }), { pressed });
    expect(sent.ref).toBe(String(user.screen()[0]?.id));
    expect(screen()[0]).toContain('Thu hồi');
  });

  test('that was a photo is asked anew: a caption is no text', async () => {
    await reopen({ attachments: carrying(picture) });
    const { ref = '' } = await send(question({ image: { kind: 'qr', code: '7K3M9QXT2BC' } }));
    await send(question({ same: true }), { pressed: ref });
    expect(user.screen()).toHaveLength(2);
  });
});

describe('a message that is brought up to date', () => {
  test('is edited where it stands', async () => {
    const { ref = '' } = await send(question({ turn: 0 }));
    const news = note('engine.dropped');
    const sent = await send(news, { edits: { ref, say: note('engine.cannotSkip') } });
    expect(sent).toEqual({ ref });
    expect(screen()).toEqual([expect.stringContaining('không bỏ qua được')]);
  });

  test('is told in a new one when it is gone', async () => {
    await send(note('engine.dropped'), { edits: { ref: '4000000', say: note('engine.cannotSkip') } });
    expect(screen()).toEqual(['Đã xóa bản nháp.']);
  });

  test('waits while Telegram is away', async () => {
    const { ref = '' } = await send(question({ turn: 0 }));
    fake.fail('editMessageText', { status: 500, description: 'Internal Server Error' });
    const news = message(note('engine.dropped'), { edits: { ref, say: note('engine.cannotSkip') } });
    expect(await fault(stand.channel.send(news))).toMatchObject({ fault: 'temporary' });
    await stand.channel.send(news);
    expect(screen()).toEqual([expect.stringContaining('không bỏ qua được')]);
  });
});

describe('a file', () => {
  const FILE = { kind: 'report', report: 'r', day: '2026-11-26', area: '12' } as const;
  const made = { name: 'khai-bao-2026-11-26-12.xlsx', type: XLSX, bytes: Buffer.from('made up') };
  const posts = () => fake.calls.filter(({ method }) => method === 'sendDocument');

  test('stands before its words, so that the buttons are the last', async () => {
    await reopen({ attachments: carrying(undefined, async () => made) });
    await send(question({ file: FILE }));
    expect(user.screen()).toMatchObject([
      { document: { filename: made.name }, inline: [] },
      { text: /Thu hồi/, inline: [['Có', 'Không']] },
    ]);
    expect(Buffer.from(user.screen()[0]?.document?.bytes ?? [])).toEqual(made.bytes);
  });

  test('that is not for this reader is left out', async () => {
    await reopen({ attachments: carrying() });
    await send(question({ file: FILE }));
    expect(user.screen()).toMatchObject([{ text: /Thu hồi/ }]);
  });

  test('that cannot be made now makes the message wait; one that went is not sent again', async () => {
    let fails = true;
    const making = () => (fails ? Promise.reject(new Error('no database')) : Promise.resolve(made));
    await reopen({ attachments: carrying(undefined, making) });
    const one = message(question({ file: FILE }));
    expect(await fault(stand.channel.send(one))).toMatchObject({ name: 'SendError', fault: 'temporary' });
    expect(user.screen()).toEqual([]);
    fails = false;
    fake.fail('sendMessage', { status: 500, description: 'Internal Server Error' }, 1, user.id);
    expect(await fault(stand.channel.send(one))).toMatchObject({ fault: 'temporary' });
    await stand.channel.send(one);
    expect(user.screen()).toMatchObject([{ document: { filename: made.name } }, { text: /Thu hồi/ }]);
    expect(posts().filter(({ params }) => String(params.chat_id) === String(user.id))).toHaveLength(1);
  });
});

describe('a message that is tried in a second chat of the same person', () => {
  const other = (): FakeUser => {
    const who = fake.user();
    who.say('/start');
    return who;
  };

  test('reaches it while the first one hangs, and once', async () => {
    const second = other();
    fake.fail('sendMessage', 'hang', 1, user.id);
    const one = message(note('engine.dropped'));
    void fault(stand.channel.send(one));
    await until('it is asked', () => sends().length === 1);
    const again = { ...one, address: String(second.id) };
    const refs = [await stand.channel.send(again), await stand.channel.send(again)];
    const ref = String(second.screen()[0]?.id);
    expect(refs).toEqual([{ ref }, { ref }]);
    expect(second.screen()).toHaveLength(1);
  });

  test('has all its parts there, also those that went to the first one', async () => {
    const found = { name: 'khai-bao.xlsx', type: XLSX, bytes: Buffer.from('made up') };
    await reopen({ attachments: carrying(undefined, async () => found) });
    const second = other();
    fake.fail('sendMessage', { status: 500, description: 'Internal Server Error' }, 1, user.id);
    const one = message(question({ file: { kind: 'report', report: 'r', day: '2026-11-26', area: '12' } }));
    expect(await fault(stand.channel.send(one))).toMatchObject({ fault: 'temporary' });
    await stand.channel.send({ ...one, address: String(second.id) });
    expect(second.screen()).toMatchObject([{ document: { filename: found.name } }, { text: /Thu hồi/ }]);
  });
});

describe('the QR', () => {
  const sendWith = async (
    qrImage: () => Promise<Buffer | null>,
    say: Partial<Say> = {},
  ): Promise<unknown> => {
    await reopen({ attachments: carrying(qrImage) });
    return send(question({ image: { kind: 'qr', code: '7K3M9QXT2BC' }, ...say }));
  };

  test('has its text and buttons with it', async () => {
    await sendWith(picture);
    expect(user.screen()).toMatchObject([
      { text: '', caption: /Thu hồi/, photo: expect.anything(), inline: [['Có', 'Không']] },
    ]);
  });

  test('stands above a text that is too long to be a caption', async () => {
    const notes = [line('engine.keep', { value: 'từ '.repeat(400) })];
    await sendWith(picture, { notes });
    expect(user.screen()).toMatchObject([
      { photo: expect.anything(), inline: [] },
      { text: /^Giữ: từ/, inline: [['Có', 'Không']] },
    ]);
  });

  test('of a declaration that is no more is left out', async () => {
    await sendWith(async () => null);
    expect(user.screen()).toMatchObject([{ text: /Thu hồi/, inline: [['Có', 'Không']] }]);
  });

  test('that cannot be drawn now makes the message wait', async () => {
    const sending = sendWith(() => Promise.reject(new Error('no database')));
    expect(await fault(sending)).toMatchObject({ name: 'SendError', fault: 'temporary' });
  });
});

describe('the keyboard that shares', () => {
  const contact = () => question({ ask: line('person.phone'), input: 'contact', choices: [] });

  test('is taken away with what comes next when the answer was typed', async () => {
    await send(contact());
    await send(question());
    expect(user.screen()).toMatchObject([
      { keyboard: [['📱 Gửi số của tôi']] },
      { text: 'Đã nhận.', keyboard: 'removed' },
      { inline: [['Có', 'Không']] },
    ]);
  });

  test('has hidden itself when it was used', async () => {
    await send(contact());
    user.sharePhone('84912345678');
    await until('it came', () => stand.door.came.length === 2);
    expect(stand.door.came[1]?.event).toEqual({ type: 'contact', phone: '+84912345678', own: true });
    await send(question());
    expect(user.screen()).toHaveLength(2);
  });

  test('is left alone by an alert, which belongs to no question', async () => {
    await send(contact());
    await send({ ...question(), turn: 0 });
    await send({ ...note('engine.dropped'), turn: 0 }, { id: 'alert' });
    expect(user.screen().filter(({ keyboard }) => keyboard === 'removed')).toEqual([]);
  });
});

describe('Telegram asks us to wait', () => {
  /** The channel's clock: what is left of a pause does not depend on how busy the machine is. */
  let clock = 1_000_000;
  beforeEach(() => reopen({ now: () => clock }));
  const tooMany = (seconds: number, chat: number): void =>
    fake.fail(
      'sendMessage',
      { status: 429, description: 'Too Many Requests', parameters: { retry_after: seconds } },
      1,
      chat,
    );
  const other = (who: FakeUser, n: number) =>
    send(note('engine.dropped'), { address: String(who.id), id: `other:${n}` });

  test('in one chat: the others go on, and nothing is sent there meanwhile', async () => {
    const someone = fake.user();
    someone.say('/start');
    tooMany(7, user.id);
    expect(await fault(send(question()))).toMatchObject({ fault: 'throttled', retryAfter: 7 });
    const before = sends().length;
    expect(await fault(send(question()))).toMatchObject({ fault: 'throttled', retryAfter: 7 });
    expect(sends()).toHaveLength(before);
    await other(someone, 1);
    expect(someone.screen()).toHaveLength(1);
  });

  const people = (count: number): FakeUser[] =>
    Array.from({ length: count }, () => {
      const who = fake.user();
      who.say('/start');
      return who;
    });
  const refused = async (who: FakeUser, seconds: number, n: number): Promise<void> => {
    tooMany(seconds, who.id);
    expect(await fault(other(who, n))).toMatchObject({ fault: 'throttled' });
  };

  test('in two chats of flooders: a duty alert goes out all the same, and so do the others', async () => {
    const [second, officer, third] = people(3) as [FakeUser, FakeUser, FakeUser];
    await refused(user, 3_600, 1);
    await refused(second, 3_600, 2);
    await Promise.all([other(officer, 3), other(third, 4)]);
    for (const who of [officer, third]) expect(who.screen()).toHaveLength(1);
  });

  test('in a quiet third chat too: then everywhere, for the longest of these pauses', async () => {
    const [second, third, fourth] = people(3) as [FakeUser, FakeUser, FakeUser];
    await refused(user, 5, 1);
    await refused(second, 9, 2);
    await refused(third, 4, 3);
    const before = sends().length;
    expect(await fault(other(fourth, 4))).toMatchObject({ fault: 'throttled', retryAfter: 9 });
    expect(sends()).toHaveLength(before);
  });

  test('in any number of chats that were talked to just now: each for its own sake', async () => {
    const flooders = people(5);
    for (const [n, who] of flooders.entries()) await other(who, n);
    for (const [n, who] of flooders.entries()) await refused(who, 60, 10 + n);
    await send(note('engine.dropped'));
    expect(user.screen()).toHaveLength(1);
  });

  test('for an hour in a flooded chat: the others wait no longer than a minute for it', async () => {
    const [second, third, fourth] = people(3) as [FakeUser, FakeUser, FakeUser];
    let n = 0;
    for (const [who, seconds] of [
      [user, 3_600],
      [second, 3_600],
      [third, 4],
    ] as const) {
      n += 1;
      await refused(who, seconds, n);
    }
    expect(await fault(other(fourth, 4))).toMatchObject({ fault: 'throttled', retryAfter: 60 });
  });

  test('and when the time is over, what waited goes', async () => {
    tooMany(5, user.id);
    const waiting = message(question());
    expect(await fault(stand.channel.send(waiting))).toMatchObject({ fault: 'throttled' });
    clock += 5_001;
    await stand.channel.send(waiting);
    expect(user.screen()).toHaveLength(1);
  });
});

test('of a message in parts, the part that went is not sent again when the next one failed', async () => {
  await reopen({ attachments: carrying(picture) });
  const notes = [line('engine.keep', { value: 'từ '.repeat(400) })];
  const long = message(question({ image: { kind: 'qr', code: '7K3M9QXT2BC' }, notes }));
  fake.fail('sendMessage', { status: 500, description: 'Internal Server Error' });
  expect(await fault(stand.channel.send(long))).toMatchObject({ fault: 'temporary' });
  await stand.channel.send(long);
  expect(sends().map(({ method, answer }) => [method, answer?.status])).toEqual([
    ['sendPhoto', 200],
    ['sendMessage', 500],
    ['sendMessage', 200],
  ]);
});

test('no error and no log line holds the token or what was said', async () => {
  const secret = 'Lò Thị Bí Mật';
  const faults = [
    'drop',
    'garbage',
    { status: 401, description: 'Unauthorized' },
    { status: 400, description: 'Bad Request: made up' },
  ] as const;
  for (const [n, each] of faults.entries()) {
    fake.fail('sendMessage', each, 1, user.id);
    const say = { notes: [line('engine.keep', { value: secret })], turn: 90 + n };
    const error = await fault(send(say));
    const shown = inspect(error, { depth: 10, showHidden: true });
    expect(shown).toContain('SendError');
    for (const hidden of [fake.token, secret]) expect(shown).not.toContain(hidden);
  }
  const log = stand.logged.join('');
  expect(log).toContain('TELEGRAM_BOT_TOKEN is not taken');
  for (const hidden of [fake.token, secret, String(user.id)]) expect(log).not.toContain(hidden);
});
