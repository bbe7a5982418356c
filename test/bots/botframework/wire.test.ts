import { describe, expect, test } from '@jest/globals';
import { type Activity, parseActivity } from '../../../bots/botframework/activity.ts';
import { allowedUrls } from '../../../bots/botframework/hosts.ts';
import { readActivity } from '../../../bots/botframework/wire.ts';
import type { Inbound } from '../../../src/services/inbound.ts';

const NOW = Date.parse('2026-11-23T03:04:05Z');

const activity = (more: Readonly<Record<string, unknown>> = {}): Activity => {
  const parsed = parseActivity({
    type: 'message',
    id: 'm-1',
    timestamp: '2026-11-23T03:04:04Z',
    channelId: 'msteams',
    serviceUrl: 'https://smba.trafficmanager.net/apac/',
    from: { id: '29:lo-thi-mau', name: 'Lò Thị Mẫu' },
    recipient: { id: '28:khaibao' },
    conversation: { id: 'a:1lo-thi-mau', conversationType: 'personal' },
    text: 'khai báo',
    ...more,
  });
  if (parsed === undefined) throw new Error('not an activity');
  return parsed;
};

const read = (more?: Readonly<Record<string, unknown>>): readonly Inbound[] => {
  const received = readActivity(activity(more), NOW);
  if (received.kind !== 'messages') throw new Error(JSON.stringify(received));
  return received.messages;
};

const one = (more?: Readonly<Record<string, unknown>>): Inbound => {
  const [first] = read(more);
  if (first === undefined) throw new Error('nothing was said');
  return first;
};

describe('who says it', () => {
  test('an address holds what is needed to answer, and nothing that changes', () => {
    expect(JSON.parse(one().address)).toEqual([
      'msteams',
      'https://smba.trafficmanager.net/apac',
      'a:1lo-thi-mau',
      '28:khaibao',
      '29:lo-thi-mau',
    ]);
  });

  test.each([
    ['no slash', { serviceUrl: 'https://smba.trafficmanager.net/apac' }],
    ['capitals', { serviceUrl: 'https://SMBA.TrafficManager.net/apac/' }],
    ['another name', { from: { id: '29:lo-thi-mau', name: 'Mẫu' } }],
    ['another language', { locale: 'en-US' }],
    ['another message', { id: 'm-2', text: 'không', timestamp: '2026-11-24T00:00:00Z' }],
  ])('the same person has the same address: %s', (_, more) => {
    expect(one(more).address).toBe(one().address);
  });

  test.each([
    ['channel', { channelId: 'webchat' }],
    ['conversation', { conversation: { id: 'a:1giang-a-pao' } }],
    ['person', { from: { id: '29:giang-a-pao' } }],
  ])('another %s is another chat', (_, more) => {
    expect(one(more).address).not.toBe(one().address);
  });

  test('whoever comes in is the person, not the bot that says so', () => {
    const membersAdded = [{ id: '28:khaibao' }, { id: '29:lo-thi-mau' }];
    const joined = one({ type: 'conversationUpdate', from: { id: '28:khaibao' }, membersAdded });
    expect(joined).toMatchObject({ address: one().address, event: { type: 'command', name: 'start' } });
  });

  test('in Teams the bot comes to the person', () => {
    const joined = one({ type: 'conversationUpdate', membersAdded: [{ id: '28:khaibao' }] });
    expect(joined).toMatchObject({ address: one().address, event: { type: 'command', name: 'start' } });
  });

  test.each([
    ['vi-VN', 'vi'],
    ['EN-us', 'en'],
    ['fr-FR', undefined],
    [null, undefined],
  ])('a locale of %s', (locale, lang) => {
    expect(one({ locale }).lang).toBe(lang);
  });
});

test.each(['.', '..', '', 'a\ud800'])('%j is no id: it cannot stand in an address', (id) => {
  const { conversation, ...rest } = activity();
  expect(parseActivity({ ...rest, conversation: { ...conversation, id } })).toBeUndefined();
  expect(parseActivity({ ...rest, conversation, replyToId: id })).toBeUndefined();
});

test.each([
  [{ conversationType: 'channel' }, 'ignored'],
  [{ conversationType: 'groupChat' }, 'ignored'],
  [{ isGroup: true }, 'ignored'],
  [{ conversationType: 'groupChat', isGroup: null }, 'ignored'],
  [{ conversationType: 'personal', isGroup: false }, 'messages'],
  [{ conversationType: null }, 'messages'],
])('a conversation that says %j of itself: %s', (said, kind) => {
  const conversation = { id: '19:abc@thread.tacv2', ...said };
  expect(readActivity(activity({ conversation }), NOW).kind).toBe(kind);
});

describe('which delivery it is', () => {
  test('the id of the message in its conversation, and no word of it', () => {
    const { deliveryId } = one();
    expect(deliveryId).toMatch(/^[\w-]{22}$/);
    expect(one({ text: 'sửa' }).deliveryId).toBe(deliveryId);
    expect(one({ id: 'm-2' }).deliveryId).not.toBe(deliveryId);
    expect(one({ conversation: { id: 'another' } }).deliveryId).not.toBe(deliveryId);
    expect(one({ channelId: 'webchat' }).deliveryId).not.toBe(deliveryId);
  });

  test('without an id, what was said and when', () => {
    const { deliveryId } = one({ id: undefined });
    expect(one({ id: undefined }).deliveryId).toBe(deliveryId);
    expect(one({ id: undefined, text: 'không' }).deliveryId).not.toBe(deliveryId);
    expect(one({ id: undefined, timestamp: '2026-11-23T03:04:05Z' }).deliveryId).not.toBe(deliveryId);
  });

  test.each([
    ['no time', undefined],
    ['a time that is none', 'yesterday'],
  ])('without an id and with %s a repetition cannot be told from the same word once more', (_, timestamp) => {
    const refused = { kind: 'refused', status: 400, code: 'no-id' };
    expect(readActivity(activity({ id: undefined, timestamp }), NOW)).toEqual(refused);
    const joined = { type: 'conversationUpdate', membersAdded: [{ id: '29:lo-thi-mau' }] };
    expect(readActivity(activity({ ...joined, id: undefined, timestamp }), NOW)).toEqual(refused);
  });

  test('without an id, presses differ by what was pressed, and a value without a bottom does no harm', () => {
    const press = (id: string) => ({ id: undefined, value: { khaibao: { turn: 2, id } } });
    expect(one(press('yes')).deliveryId).toBe(one(press('yes')).deliveryId);
    expect(one(press('yes')).deliveryId).not.toBe(one(press('no')).deliveryId);
    const deep: unknown = JSON.parse('{"v":'.repeat(60_000) + 0 + '}'.repeat(60_000));
    expect(one({ id: undefined, value: deep }).deliveryId).toBe(one({ id: undefined }).deliveryId);
    expect(one({ ...press('yes'), value: { ...press('yes').value, deep } }).event.type).toBe('choice');
  });

  test('the time the channel took it, never later than now', () => {
    expect(one().at).toBe(NOW - 1_000);
    expect(one({ timestamp: '2027-01-01T00:00:00Z' }).at).toBe(NOW);
    expect(one({ timestamp: 'yesterday' }).at).toBe(NOW);
  });
});

describe('what it says', () => {
  test('both sides of a card are two photos', () => {
    const photo = (n: number) => ({
      contentType: 'image/jpeg',
      contentUrl: `https://smba.trafficmanager.net/${n}`,
    });
    const messages = read({ attachments: [photo(1), photo(2), photo(3)] });
    expect(messages.map(({ event }) => event)).toMatchObject([
      { type: 'photo', caption: 'khai báo' },
      { type: 'photo' },
    ]);
    expect(new Set(messages.map(({ deliveryId }) => deliveryId)).size).toBe(2);
  });

  test('words and the lists beside them are all heard, five lists at most; what is only shown is none', () => {
    const list = (n: number) => ({
      contentType: 'text/csv',
      contentUrl: `https://smba.trafficmanager.net/${n}`,
    });
    const shown = { contentType: 'application/vnd.microsoft.card.adaptive', content: {} };
    const messages = read({ attachments: [shown, ...[1, 2, 3, 4, 5, 6].map(list)] });
    expect(messages.map(({ event }) => event.type)).toEqual(['text', ...Array(5).fill('file')]);
    expect(new Set(messages.map(({ deliveryId }) => deliveryId)).size).toBe(6);
  });

  test('a press names the message it was on; a text does not', () => {
    const value = { khaibao: { turn: 2, id: 'yes' } };
    expect(one({ value, replyToId: 'card-1' }).pressed).toBe('card-1');
    expect(one({ value }).pressed).toBeUndefined();
    expect(one({ replyToId: 'card-1' }).pressed).toBeUndefined();
  });

  test.each([
    ['a turn below nothing', { turn: -1, id: 'yes' }],
    ['a turn of words', { turn: '3', id: 'yes' }],
    ['no choice', { turn: 3 }],
    ['an endless choice', { turn: 3, id: 'y'.repeat(201) }],
  ])('%s is no press of ours', (_, khaibao) => {
    expect(one({ value: { khaibao } }).event).toEqual({ type: 'text', text: 'khai báo' });
  });
});

describe('where we go', () => {
  test.each([
    ['https://webchat.botframework.com/', true],
    ['https://europe.directline.botframework.com/v3', true],
    ['https://smba.trafficmanager.net/apac/', true],
    ['https://smba.infra.gcc.teams.microsoft.com/', true],
    ['http://webchat.botframework.com/', false],
    ['https://botframework.com.khaibao.example/', false],
    ['https://notbotframework.com/', false],
    ['https://evil.trafficmanager.net/', false],
    ['https://evil@webchat.botframework.com/', false],
    ['https://127.0.0.1/', false],
    ['file://webchat.botframework.com/etc', false],
    ['nowhere', false],
  ])('to %s: %s', (url, allowed) => {
    expect(allowedUrls(undefined, true)(url)).toBe(allowed);
  });

  test('settings name other hosts instead', () => {
    const allowed = allowedUrls(['Bots.example', '.inside.example', '127.0.0.1', ''], true);
    const urls = [
      'https://bots.example/',
      'https://a.inside.example/',
      'http://127.0.0.1:9/',
      'https://inside.example/',
      'http://bots.example/',
      'http://localhost/',
      'https://webchat.botframework.com/',
    ];
    expect(urls.map(allowed)).toEqual([true, true, true, false, false, false, false]);
  });

  test('where nobody is verified, this machine only', () => {
    const allowed = allowedUrls(['bots.example'], false);
    const urls = [
      'http://localhost:56150/',
      'http://[::1]:1/',
      'https://bots.example/',
      'http://127.0.0.1.example/',
    ];
    expect(urls.map(allowed)).toEqual([true, true, false, false]);
  });
});
