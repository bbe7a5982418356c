import { describe, expect, test } from '@jest/globals';
import { MOST_TEXT, readPost } from '../../../bots/web/wire.ts';

const ID = 'a1b2c3d4e5f6a7b8';
const text = (value: unknown) => ({ deliveryId: ID, event: { type: 'text', text: value } });

const GOOD: readonly (readonly [string, unknown, unknown])[] = [
  ['a text', text('Lò Thị Mẩy'), { type: 'text', text: 'Lò Thị Mẩy' }],
  ['a text with tone marks apart', text('Lò Thị Mẩy'.normalize('NFD')), { type: 'text', text: 'Lò Thị Mẩy' }],
  ['signs nobody can see', text('a\u0000b\u0007c\u202ed\ud800e\r\nf'), { type: 'text', text: 'abcde\nf' }],
  ['an emoji', text('👍🏽'), { type: 'text', text: '👍🏽' }],
  [
    'a press',
    { deliveryId: ID, event: { type: 'choice', ids: ['yes'], turn: 3 } },
    { type: 'choice', ids: ['yes'], turn: 3 },
  ],
  [
    'a press before there is a chat',
    { deliveryId: ID, event: { type: 'choice', ids: ['/go:declare'] } },
    { type: 'choice', ids: ['/go:declare'] },
  ],
  [
    'a location',
    { deliveryId: ID, event: { type: 'location', lat: 22.39, lon: 103.45 } },
    { type: 'location', lat: 22.39, lon: 103.45 },
  ],
  ['a form with a text', { deliveryId: ID, text: 'chào' }, { type: 'text', text: 'chào' }],
  [
    'a form with a button',
    { deliveryId: ID, choice: 'yes', turn: '4' },
    { type: 'choice', ids: ['yes'], turn: 4 },
  ],
  [
    'a form with ticked boxes',
    { deliveryId: ID, choice: ['fever', 'cough', 'done'], turn: '5' },
    { type: 'choice', ids: ['fever', 'cough', 'done'], turn: 5 },
  ],
  ['a choice of language', { deliveryId: ID, lang: 'en' }, { type: 'choice', ids: ['/lang:en'] }],
];

const BAD: readonly (readonly [string, unknown])[] = [
  ['nothing', undefined],
  ['null', null],
  ['an array', []],
  ['a string', 'hello'],
  ['no id', { event: { type: 'text', text: 'a' } }],
  ['a short id', { ...text('a'), deliveryId: 'abc' }],
  ['an id with a sign', { ...text('a'), deliveryId: `${ID}/..` }],
  ['an operator as id', { ...text('a'), deliveryId: { $ne: null } }],
  ['an operator as text', text({ $gt: '' })],
  ['an empty text', text('  \n ')],
  ['a text of signs nobody can see', text('\u202e\u0000')],
  ['a text without end', text('a'.repeat(MOST_TEXT + 1))],
  ['an unknown event', { deliveryId: ID, event: { type: 'command', name: 'start' } }],
  ['a photo by reference', { deliveryId: ID, event: { type: 'photo', ref: 'x' } }],
  ['a photo that is not bytes', { deliveryId: ID, photo: 'x' }],
  ['an event with more in it', { deliveryId: ID, event: { type: 'text', text: 'a', address: 'b' } }],
  [
    'a prototype',
    JSON.parse('{"__proto__": {"admin": true}, "deliveryId": "a1b2c3d4e5f6a7b8", "text": "a"}'),
  ],
  ['a negative turn', { deliveryId: ID, event: { type: 'choice', ids: ['a'], turn: -1 } }],
  ['no buttons', { deliveryId: ID, event: { type: 'choice', ids: [] } }],
  ['too many buttons', { deliveryId: ID, choice: Array.from({ length: 51 }, () => 'a') }],
  ['a place outside the world', { deliveryId: ID, event: { type: 'location', lat: 91, lon: 0 } }],
  ['a turn that is a word', { deliveryId: ID, choice: 'yes', turn: 'x' }],
  ['a language there is not', { deliveryId: ID, lang: 'xx' }],
  ['a form without anything', { deliveryId: ID }],
];

describe('a post', () => {
  test.each(GOOD)('%s is read', (_name, body, event) => {
    expect(readPost(body, 'address')?.event).toEqual(event);
  });

  test.each(BAD)('%s is refused', (_name, body) => {
    expect(readPost(body, 'address')).toBeUndefined();
  });

  test('a photo gets a name that only its sender and its delivery give', () => {
    const photo = new Uint8Array(10);
    const refOf = (address: string, deliveryId: string) => {
      const event = readPost({ deliveryId, photo }, address)?.event;
      return event?.type === 'photo' ? event.ref : undefined;
    };
    expect(refOf('a', ID)).toMatch(/^[\w-]{22}$/);
    expect(refOf('a', ID)).toBe(refOf('a', ID));
    expect(refOf('a', ID)).not.toBe(refOf('b', ID));
    expect(refOf('a', ID)).not.toBe(refOf('a', `${ID}x`));
  });

  test('a form sent twice is one delivery; with other words in it, it is another', () => {
    const idOf = (words: string) => readPost({ deliveryId: ID, text: words }, 'a')?.deliveryId;
    expect(idOf('chào')).toBe(idOf('chào'));
    expect(idOf('chào')).not.toBe(idOf('chào anh'));
  });
});
