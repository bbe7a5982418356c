import { expect, test } from '@jest/globals';
import type { Activity, CardAction } from './activity.ts';
import { pressed } from './buttons.ts';

const submit = (data: unknown): CardAction => ({ type: 'Action.Submit', title: 'Có', data });
const back = { channelData: { postBack: true } };

test.each<[string, CardAction, string, Partial<Activity>]>([
  ['imBack', { type: 'imBack', value: 'có' }, 'webchat', { text: 'có' }],
  [
    'messageBack',
    { type: 'messageBack', text: 'Có', value: { a: 1 } },
    'webchat',
    { text: 'Có', value: { a: 1 } },
  ],
  ['postBack of words', { type: 'postBack', value: 'có' }, 'webchat', { ...back, text: 'có' }],
  ['postBack of more', { type: 'postBack', value: { a: 1 } }, 'webchat', { ...back, value: { a: 1 } }],
  ['a card with words', submit('có'), 'webchat', { text: 'có' }],
  ['a card with more', submit({ a: 1 }), 'webchat', { ...back, value: { a: 1, in: 2 } }],
  ['a card in Teams', submit({ a: 1 }), 'msteams', { value: { a: 1, in: 2 } }],
  [
    'a card in Teams that speaks',
    submit({ msteams: { type: 'imBack', value: 'có' } }),
    'msteams',
    { text: 'có' },
  ],
  [
    'a card in Teams that speaks and brings back',
    submit({ a: 1, msteams: { type: 'messageBack', text: 'Có' } }),
    'msteams',
    { text: 'Có', value: { a: 1, in: 2 } },
  ],
])('a press on %s', (_, action, channelId, posted) => {
  expect(pressed(action, channelId, { in: 2 })).toEqual(posted);
});

test('a link is no press', () => {
  expect(() => pressed({ type: 'openUrl', value: 'http://a' }, 'webchat')).toThrow('posts nothing');
});
