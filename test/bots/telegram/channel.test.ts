import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createApi } from '../../../bots/telegram/api.ts';
import { createPhotos } from '../../../bots/telegram/photos.ts';
import { line, type Say } from '../../../src/dialogue/say.ts';
import { Unavailable } from '../../../src/store/errors.ts';
import { type FakeTelegram, type FakeUser, startFakeTelegram } from '../../harness/telegram/server.ts';
import { committed, held, isSetUp, picture, type Stand, startStand, until } from './stand.ts';

let fake: FakeTelegram;
let stand: Stand;
let user: FakeUser;
beforeEach(async () => {
  fake = await startFakeTelegram();
  stand = await startStand(fake);
  user = fake.user();
  user.say('/start');
  await until('it came', () => stand.door.came.length === 1);
});
afterEach(async () => {
  await stand.stop();
  await fake.close();
});

const calls = (method: string) => fake.calls.filter((call) => call.method === method);
const last = () => stand.door.came.at(-1);
const came = (n: number): Promise<void> => until(`${n} came`, () => stand.door.came.length >= n);

const ask: Say = {
  notes: [],
  ask: line('withdraw.sure'),
  choices: [{ id: 'yes', label: line('word.yes') }],
  turn: 40,
};
const sendQuestion = async (): Promise<string> => {
  const sent = await stand.channel.send({ id: 'q', address: String(user.id), lang: 'vi', say: ask });
  return sent.ref ?? '';
};

describe('a press', () => {
  test('is answered at once, also while the commit takes its time', async () => {
    const commit = held();
    stand.door.answer = () => commit.promise;
    const ref = await sendQuestion();
    user.press('Có');
    await until('it is answered', () => calls('answerCallbackQuery').length === 1 && user.waiting() === 0);
    expect(last()).toMatchObject({ event: { type: 'choice', ids: ['yes'], turn: 40 }, pressed: ref });
    commit.release();
  });

  test('that cannot be answered any more counts all the same', async () => {
    await sendQuestion();
    const description = 'Bad Request: query is too old and response timeout expired or query ID is invalid';
    fake.fail('answerCallbackQuery', { status: 400, description });
    const id = user.press('Có');
    await until('it is confirmed', () => fake.confirmed() === id);
    expect(last()).toMatchObject({ event: { ids: ['yes'] } });
  });

  test('twice is answered twice, by two ids, on one message', async () => {
    const ref = await sendQuestion();
    user.press('Có');
    user.press('Có');
    await came(3);
    await until('both are answered', () => user.waiting() === 0);
    const [first, second] = stand.door.came.slice(1);
    expect([first?.pressed, second?.pressed]).toEqual([ref, ref]);
    expect(first?.deliveryId).not.toBe(second?.deliveryId);
  });

  test('on a message that is gone counts; there is nothing to change under it', async () => {
    user.pressData(4_000_000, '3.yes');
    await came(2);
    expect(last()).toMatchObject({ event: { type: 'choice', ids: ['yes'], turn: 3 } });
    expect(last()).not.toHaveProperty('pressed');
  });

  test('on a button that is not ours is answered and counted', async () => {
    user.pressData(4_000_000, 'hand made');
    await until('it is answered', () => user.waiting() === 0);
    await until('it is counted', () => stand.ignored.includes('callback_data'));
  });
});

test('who speaks no Vietnamese begins in English; who does not say begins in Vietnamese', async () => {
  fake.user({ language: 'en-GB' }).say('hello');
  fake.user({ language: 'vi' }).say('chào');
  await came(3);
  const langs = stand.door.came.slice(1).map(({ lang }) => lang);
  expect(langs.sort()).toEqual(['en', 'vi']);
});

test('a message that is edited comes in as such, not as another answer', async () => {
  user.edit(user.lastMessageId(), 'khác');
  await came(2);
  expect(stand.door.came[1]).toMatchObject({ event: { type: 'unsupported', what: 'edited' } });
});

test('what somebody does beside talking is ignored and counted', async () => {
  user.block();
  await until('the block is counted', () => stand.ignored.includes('blocked'));
  user.unblock();
  await until('the return is counted', () => stand.ignored.includes('unblocked'));
  expect(stand.door.came).toHaveLength(1);
});

test('who lets us in again is told of by address, until that is written', async () => {
  await stand.stop();
  let away = true;
  const letIn = () => (away ? Promise.reject(new Unavailable('away')) : Promise.resolve());
  stand = await startStand(fake, { letIn });
  user.block();
  user.unblock();
  await until('it is told of again', () => stand.letIn.length > 1);
  expect(fake.pending()).toBe(1);
  away = false;
  await until('it is confirmed', () => fake.pending() === 0);
  expect(new Set(stand.letIn)).toEqual(new Set([String(user.id)]));
});

describe('Telegram has enough of our calls', () => {
  const tooMany = (method: string, seconds: number): void =>
    fake.fail(method, {
      status: 429,
      description: 'Too Many Requests',
      parameters: { retry_after: seconds },
    });

  test('a press is not answered again, nor is any other until its time is over', async () => {
    let ahead = 0;
    await stand.stop();
    stand = await startStand(fake, { now: () => Date.now() + ahead });
    tooMany('answerCallbackQuery', 300);
    stand.door.answer = () => Promise.reject(new Unavailable('away'));
    user.pressData(4_000_000, '3.yes');
    await until('it was handed in again', () => stand.door.came.length > 4);
    user.pressData(4_000_000, '3.no');
    await pause(100);
    expect(calls('answerCallbackQuery')).toHaveLength(1);
    stand.door.answer = committed;
    await until('both are taken', () => fake.pending() === 0);
    ahead = 300_001;
    user.pressData(4_000_000, '4.yes');
    await until('the next one is answered', () => calls('answerCallbackQuery').length === 2);
  });

  test('groups wait in one line, each is told and left in the end; of a flood the rest is passed over', async () => {
    tooMany('sendMessage', 3); // longer than it takes until all of them have called
    const groups = Array.from({ length: 130 }, () => fake.group());
    for (const group of groups) group.addBot();
    await until('the first is told again', () => calls('sendMessage').length > 1);
    const [first, again] = calls('sendMessage').map(({ at }) => at);
    expect((again ?? 0) - (first ?? 0)).toBeGreaterThanOrEqual(2_990);
    const left = () => groups.filter((group) => !group.hasBot()).length;
    await until('those that wait are left', () => left() >= 101);
    await pause(100);
    expect(left()).toBe(101);
    expect(groups[0]?.screen()).toHaveLength(1);
    user.say('vẫn đây');
    await until('people are heard', () => stand.door.came.length === 2);
  });
});

describe('a group', () => {
  const refusal = /chỉ trò chuyện riêng.*\n.*in private.*\nhttps:\/\/t\.me\/khaibao_thu_bot$/;

  test('is told once, in both languages, and left; then it is only left', async () => {
    const group = fake.group({ type: 'supergroup' });
    group.addBot();
    await until('it is left', () => !group.hasBot());
    expect(group.screen().map(({ text }) => text)).toEqual([expect.stringMatching(refusal)]);
    group.addBot();
    await until('it is left again', () => calls('leaveChat').length === 2);
    expect(group.screen()).toHaveLength(1);
    expect(stand.door.came).toHaveLength(1);
  });

  test('that calls us while we have not left yet hears no second word', async () => {
    fake.fail('leaveChat', { status: 500, description: 'Internal Server Error' });
    const group = fake.group();
    group.addBot();
    await until('it was told', () => calls('leaveChat').length === 1);
    group.say('/start');
    await until('it is left', () => !group.hasBot());
    expect(group.screen()).toHaveLength(1);
    expect(stand.door.came).toHaveLength(1);
  });

  test('where we may not speak is left too', async () => {
    const group = fake.group();
    const description = 'Bad Request: not enough rights to send text messages to the chat';
    fake.fail('sendMessage', { status: 400, description }, 1, group.id);
    group.addBot();
    await until('it is left', () => !group.hasBot());
  });

  test('of any kind opens no chat', async () => {
    const channel = fake.group({ type: 'channel' });
    channel.addBot();
    await until('it is left', () => !channel.hasBot());
    const group = fake.group();
    fake.fail('leaveChat', { status: 500, description: 'Internal Server Error' });
    group.addBot();
    await until('it was told', () => group.screen().length === 1);
    group.migrate();
    user.say('vẫn đây');
    await came(2);
    expect(stand.door.came.map(({ address }) => address)).toEqual([String(user.id), String(user.id)]);
  });
});

describe('a photo', () => {
  const send = async (): Promise<string> => {
    user.sendPhoto(await picture(), 'thẻ');
    await came(2);
    const event = last()?.event;
    return event?.type === 'photo' ? event.ref : '';
  };
  const api = () => createApi({ token: fake.token, apiRoot: fake.apiRoot });

  test('comes as it was sent', async () => {
    const photo = await stand.channel.fetchFile?.(await send());
    expect(Buffer.from(photo ?? []).equals(await picture())).toBe(true);
  });

  test('that Telegram has no longer is null', async () => {
    expect(await stand.channel.fetchFile?.('AgACAgUAAxkBAAmadeUp')).toBeNull();
    const ref = await send();
    fake.fail('file', { status: 404, description: 'Not Found' });
    expect(await stand.channel.fetchFile?.(ref)).toBeNull();
  });

  test('larger than the limit is null, and not read to its end', async () => {
    expect(await createPhotos(api(), 500)(await send())).toBeNull();
  });

  test.each(['drop', 'hang', { status: 502, description: 'Bad Gateway' }] as const)(
    'may come another time after %p',
    async (answer) => {
      const ref = await send();
      fake.fail('file', answer);
      const began = Date.now();
      // Short only where nothing comes: a busy machine would give up before the question is there, and leave the answer to the next.
      const fetching = createPhotos(api(), undefined, answer === 'hang' ? 2_000 : undefined)(ref);
      await expect(fetching).rejects.toMatchObject({ name: 'TelegramFault' });
      await expect(fetching).rejects.not.toThrow(fake.token);
      expect(Date.now() - began).toBeLessThan(15_000); // any other call may take 20 s
      expect(await createPhotos(api())(ref)).not.toBeNull();
    },
  );
});

test.each([
  ['7K3M-9QXT-2BC', 'https://t.me/khaibao_thu_bot?start=7K3M9QXT2BC'],
  ['NV-7K3M-9QXT', 'https://t.me/khaibao_thu_bot?start=NV7K3M9QXT'],
  ['v_29B12345', 'https://t.me/khaibao_thu_bot?start=v_29B12345'],
  ['khai báo', undefined],
  ['x'.repeat(65), undefined],
  ['', undefined],
])('the link that says "%s"', (said, link) => {
  expect(stand.channel.deepLink?.(said)).toBe(link);
});

test('a link that was opened says what it carries', async () => {
  user.command('start 7K3M9QXT2BC');
  user.command('start v_29B12345');
  await came(3);
  expect(stand.door.came.slice(1).map(({ event }) => event)).toEqual([
    { type: 'text', text: '/start 7K3M9QXT2BC' },
    { type: 'choice', ids: ['/go:declare:plate=29B12345'] },
  ]);
});

describe('what stands on the page of the bot', () => {
  test('is there in both languages', async () => {
    await until('it is set', () => isSetUp(fake));
    expect(fake.commands().map(({ command }) => command)).toEqual([
      'khaibao',
      'menu',
      'trogiup',
      'ngonngu',
      'huy',
    ]);
    expect(fake.commands('en').map(({ description }) => description)).toContain('Stop');
    expect(fake.description()).toContain('Lai Châu');
    expect(fake.description('en')).toContain('questions');
    expect(fake.shortDescription()).toContain('Khai báo y tế');
  });

  test('is set later when Telegram does not take it at the start; nobody waits for it', async () => {
    await stand.stop();
    const other = await startFakeTelegram();
    other.fail('setMyCommands', { status: 500, description: 'Internal Server Error' }, 3);
    stand = await startStand(other);
    const someone = other.user();
    someone.say('chào');
    await came(1);
    await until('it is set', () => isSetUp(other));
    await stand.stop();
    await other.close();
    stand = await startStand(fake);
  });
});

test('a door that takes long holds up nobody else', async () => {
  const commit = held();
  stand.door.answer = ({ address }) => (address === String(user.id) ? commit.promise : committed());
  user.say('một');
  await came(2);
  await sendQuestion();
  expect(user.screen()).toHaveLength(1);
  commit.release();
});
