import { describe, expect, test } from '@jest/globals';
import type { Channel } from '../../bots/port.ts';
import { sendTo } from '../../src/app/deliver.ts';
import { firstTried } from '../../src/app/firstTried.ts';
import { type Outgoing, SendError } from '../../src/delivery/outgoing.ts';
import { line } from '../../src/dialogue/say.ts';
import type { Conversation, Member } from '../../src/store/conversation.ts';

const SAY = { notes: [line('delivery.again')], turn: 0 };
const NEWS = { id: 'n1', say: SAY };

const stored = (id: string, more: Partial<Conversation> = {}): Conversation => ({
  id,
  channel: 'one',
  address: `address of ${id}`,
  rev: 3,
  state: { lang: 'en' },
  seen: [],
  touched: 0,
  forgetAt: 0,
  ...more,
});

const member = (chat: string, channel: string): Member => ({ chat, channel, address: `address of ${chat}` });

/** Three chats on three channels in one talk; `b` spoke last. */
const TALK = stored('talk', {
  channel: 'two',
  address: 'address of b',
  members: [member('a', 'one'), member('b', 'two'), member('c', 'three')],
});
const ALIASES = ['a', 'b', 'c'].map((id) => stored(id, { talk: 'talk' }));

type Answer = SendError | Error | 'hangs';

/** What is there, and what the channels answer; records what was sent and marked. */
const world = (
  docs: readonly Conversation[],
  answers: Readonly<Record<string, Answer>> = {},
  pages: readonly string[] = [],
) => {
  const sent: (Outgoing & { readonly channel: string })[] = [];
  const marked: string[] = [];
  const unmarked: unknown[] = [];
  const channel = (name: string) => ({
    capabilities: { takes: pages.includes(name) ? 'page' : 'webhook' },
    send: async (message: Outgoing) => {
      sent.push({ ...message, channel: name });
      const answer = answers[name];
      if (answer === 'hangs') await new Promise(() => undefined);
      if (answer instanceof Error) throw answer;
      return { ref: `ref of ${name}` };
    },
  });
  const channels = new Map(
    ['one', 'two', 'three'].map((name) => [name, channel(name) as unknown as Channel]),
  );
  const conversations = {
    load: async (id: string) => docs.find((doc) => doc.id === id) ?? null,
    stopped: async (id: string, chat: string, rev: number) => void marked.push(`${id} ${chat} ${rev}`),
    reached: async (id: string, chat: string) => void marked.push(`${id} ${chat} reached`),
  };
  return {
    send: sendTo(channels, conversations, (error) => void unmarked.push(error)),
    channels,
    conversations,
    sent,
    marked,
    unmarked,
    tried: () => sent.map((each) => each.channel),
  };
};

const talk = (answers: Readonly<Record<string, Answer>> = {}, more: Partial<Conversation> = {}) =>
  world([{ ...TALK, ...more }, ...ALIASES], answers);

const temporary = new SendError('temporary', 'away');
const throttled = new SendError('throttled', '429', 30);
const stopped = new SendError('stopped', 'blocked');
const permanent = new SendError('permanent', 'no-such-user');

describe('to a chat', () => {
  test('it goes where the chat is, in its language', async () => {
    const { send, sent } = world([stored('a')]);
    expect(await send('a', NEWS)).toEqual({ via: 'a', ref: 'ref of one' });
    expect(sent).toEqual([{ ...NEWS, address: 'address of a', lang: 'en', channel: 'one' }]);
  });

  test('whose person stops us: that is noted, and the next message that is not urgent makes no call', async () => {
    const first = world([stored('a')], { one: stopped });
    await expect(first.send('a', NEWS)).rejects.toBe(stopped);
    expect(first.marked).toEqual(['a a 3']);
    const next = world([stored('a', { stopped: { a: 1 } })]);
    await expect(next.send('a', NEWS)).rejects.toMatchObject({ fault: 'stopped', code: 'blocked' });
    expect([next.sent, next.marked]).toEqual([[], []]);
  });

  test('what is urgent is tried there all the same, and where it arrives nobody has stopped us any more', async () => {
    const marked = { stopped: { a: 1 } };
    const alert = world([stored('a', marked)]);
    expect(await alert.send('a', { ...NEWS, urgent: true })).toEqual({ via: 'a', ref: 'ref of one' });
    expect([alert.tried(), alert.marked]).toEqual([['one'], ['a a reached']]);
    const still = world([stored('a', marked)], { one: stopped });
    await expect(still.send('a', { ...NEWS, urgent: true })).rejects.toBe(stopped);
    expect([still.tried(), still.marked]).toEqual([['one'], ['a a 3']]);
    const unmarked = world([stored('a')]);
    await unmarked.send('a', { ...NEWS, urgent: true });
    expect(unmarked.marked).toEqual([]);
  });

  test('that its mark could not be taken away is told, is no fault of a message that has arrived, and is tried again', async () => {
    const { send, conversations, unmarked, marked } = world([stored('a', { stopped: { a: 1 } })]);
    const away = new Error('away');
    const { reached } = conversations;
    conversations.reached = () => Promise.reject(away);
    expect(await send('a', { ...NEWS, urgent: true })).toEqual({ via: 'a', ref: 'ref of one' });
    await new Promise(setImmediate);
    expect(unmarked).toEqual([away]);
    conversations.reached = reached;
    await send('a', { ...NEWS, urgent: true });
    expect([marked, unmarked]).toEqual([['a a reached'], [away]]);
  });

  test.each(['nobody', 'lost'])('%s: there is no such chat', async (id) => {
    const { send } = world([stored('lost', { talk: 'deleted' })]);
    await expect(send(id, NEWS)).rejects.toMatchObject({ fault: 'permanent', code: 'no-such-chat' });
  });
});

describe('to a talk', () => {
  test.each([
    ['talk', ['two']],
    ['a', ['one']],
    ['c', ['three']],
  ])('by %s: who was named, or spoke last, and nobody else', async (id, expected) => {
    const { send, tried } = talk();
    await send(id, NEWS);
    expect(tried()).toEqual(expected);
  });

  test('a page that was used last is no phone in a pocket: it comes after the others', async () => {
    const { send, tried } = world([TALK, ...ALIASES], { one: temporary, three: temporary }, ['two']);
    await send('b', NEWS);
    expect(tried()).toEqual(['one', 'three', 'two']);
  });

  test.each([
    ['a line that is down', temporary],
    ['a platform that says wait', throttled],
    ['a person who has stopped us', stopped],
    ['a chat that is gone', permanent],
    ['a fault of ours', new TypeError('broken')],
  ])('the next chat at once after %s', async (_name, error) => {
    const { send, tried } = talk({ two: error });
    expect(await send('talk', NEWS)).toEqual({ via: 'a', ref: 'ref of one' });
    expect(tried()).toEqual(['two', 'one']);
  });

  test('one that hangs leaves time for the others', async () => {
    const { send } = talk({ two: 'hangs' });
    expect(await send('talk', NEWS)).toEqual({ via: 'a', ref: 'ref of one' });
  });

  test.each([
    [{ one: permanent, two: temporary, three: throttled }, temporary],
    [{ one: throttled, two: stopped, three: permanent }, throttled],
    [{ one: stopped, two: permanent, three: permanent }, stopped],
    [
      { one: new SendError('throttled', '429', 5), two: throttled, three: stopped },
      expect.objectContaining({ retryAfter: 5 }),
    ],
  ])('when all fail, the fault that may pass soonest is told: %#', async (answers, told) => {
    const { send, tried } = talk(answers);
    await expect(send('talk', NEWS)).rejects.toEqual(told);
    expect(tried()).toHaveLength(3);
  });

  const cut = new SendError('temporary', 'no-answer', undefined, { doubtful: true });

  test.each<[string, Record<string, Answer>, Partial<SendError>]>([
    [
      'one line broke',
      { one: throttled, two: cut, three: permanent },
      { fault: 'temporary', code: 'no-answer' },
    ],
    [
      'one line broke and another fault may pass',
      { one: cut, two: temporary, three: stopped },
      { code: 'away' },
    ],
    [
      'one line broke in a chat and the next has a fault of ours',
      { one: cut, two: new TypeError('broken'), three: stopped },
      { code: 'unexpected' },
    ],
  ])('when all fail and %s, it may have arrived', async (_name, answers, told) => {
    const { send } = talk(answers);
    await expect(send('talk', NEWS)).rejects.toMatchObject({ ...told, doubtful: true });
  });

  test('when all fail and nothing can have left, it has not', async () => {
    const { send } = talk({ one: temporary, two: throttled, three: stopped });
    await expect(send('talk', NEWS)).rejects.toMatchObject({ doubtful: false });
  });

  test('who has stopped us is passed over, and noted in the talk', async () => {
    const { send, tried } = talk({}, { stopped: { b: 1 } });
    await send('talk', NEWS);
    expect(tried()).toEqual(['one']);
    const again = talk({ two: stopped });
    await again.send('talk', NEWS);
    expect(again.marked).toEqual(['talk b 3']);
  });

  test('but for what is urgent they come in their order: a page that nobody reads would take it', async () => {
    const { send, tried } = talk({}, { stopped: { b: 1 } });
    await send('talk', { ...NEWS, urgent: true });
    expect(tried()).toEqual(['two']);
  });
});

describe('a message that must not arrive twice', () => {
  const once = { ...NEWS, once: true as const };

  test.each([
    ['a line that is down', temporary],
    ['a fault of ours', new TypeError('broken')],
  ])('is tried in no other chat after %s: it may have arrived', async (_name, error) => {
    const { send, tried } = talk({ two: error });
    await expect(send('talk', once)).rejects.toBe(error);
    expect(tried()).toEqual(['two']);
  });

  test.each([
    ['a platform that says wait', throttled],
    ['a person who has stopped us', stopped],
    ['a chat that is gone', permanent],
  ])('but after %s it is: it was refused', async (_name, error) => {
    const { send, tried } = talk({ two: error });
    await send('talk', once);
    expect(tried()).toEqual(['two', 'one']);
  });
});

describe('the budgets a message is charged to are those of the chat that is tried first', () => {
  const group = { channel: 'telegram', address: '-1001234567890' };
  const { channels, conversations } = world([stored('c'), stored('g', group), TALK, ...ALIASES]);
  const { channelOf, groupAt } = firstTried(channels, conversations);

  test.each([
    ['c', 'one', false],
    ['g', 'telegram', true],
    ['talk', 'two', false],
    ['gone', undefined, false],
  ])('%s: %s, a group: %s', async (chat, channel, isGroup) => {
    expect([await channelOf(chat), await groupAt(chat)]).toEqual([channel, isGroup]);
  });
});

describe('a message with an address of its own', () => {
  const to = { channel: 'two', address: '+84912345678' };

  test('needs no conversation, and is Vietnamese', async () => {
    const { send, sent } = world([]);
    expect(await send('c', { ...NEWS, to })).toEqual({ via: 'c', ref: 'ref of two' });
    expect(sent).toEqual([{ ...NEWS, address: to.address, lang: 'vi', channel: 'two' }]);
  });

  test('where there is a conversation it goes by that: its language, and whether it was stopped', async () => {
    const { send, sent } = world([stored('c', { channel: 'two', stopped: { c: 1 } })]);
    await expect(send('c', { ...NEWS, to })).rejects.toMatchObject({ code: 'blocked' });
    expect(sent).toEqual([]);
  });

  test('over a channel that is off it is not tried again', async () => {
    const { send } = world([]);
    const off = send('c', { ...NEWS, to: { ...to, channel: 'sms' } });
    await expect(off).rejects.toMatchObject({ fault: 'permanent', code: 'no-channel' });
  });
});

describe('a message that is brought up to date', () => {
  const edits = (via: string) => ({ ...NEWS, edits: { via, ref: 'r1', say: SAY } });

  test('is edited in the chat it went to', async () => {
    const { send, sent } = talk();
    expect(await send('talk', edits('c'))).toEqual({ via: 'c', ref: 'ref of three' });
    expect(sent).toMatchObject([{ channel: 'three', edits: { ref: 'r1' } }]);
  });

  test('is a new one in another chat, and in one that has left', async () => {
    const { send, sent } = talk({ three: temporary });
    expect(await send('talk', edits('c'))).toEqual({ via: 'b', ref: 'ref of two' });
    expect(sent[1]).not.toHaveProperty('edits');
    const left = talk();
    await left.send('talk', edits('gone'));
    expect(left.sent).toMatchObject([{ channel: 'two' }]);
    expect(left.sent[0]).not.toHaveProperty('edits');
  });
});
