import { expect, test } from '@jest/globals';
import type { Event } from '../../../src/dialogue/event.ts';
import { type PassageParts, passOn } from '../../../src/services/converse/route.ts';
import type { Waiting } from '../../../src/services/converse/waiting.ts';
import { newConversation } from '../../store/open-store.ts';

const ALIAS = { ...newConversation('alias'), talk: 'talk', seen: ['seen'] };
const DETOUR = { alias: ALIAS, talk: 'talk' };

const waiting = (key: string, event: Event = { type: 'text', text: key }): Waiting & { ended: string[] } => {
  const ended: string[] = [];
  return {
    ...{ chat: 'alias', own: 'alias', channel: 'toy', address: 'x', key, event, since: 0 },
    failures: 0,
    rounds: 0,
    resolve: () => void ended.push('taken'),
    reject: (error) => void ended.push((error as { code: string }).code),
    ended,
  };
};

/** What entered the talk, and what was forgotten; `answer` does with each event what the talk does. */
const passage = (answer: (waiting: Waiting) => void) => {
  const entered: Waiting[] = [];
  const forgotten: string[] = [];
  const parts: PassageParts = {
    enter: (each) => {
      entered.push(each);
      answer(each);
    },
    again: ({ resolve }) => resolve({ chat: 'alias', rev: 1, again: true }),
    forget: (chat) => void forgotten.push(chat),
  };
  return { parts, entered, forgotten };
};
const take = ({ resolve }: Waiting) => resolve({ chat: 'talk', rev: 2, again: false });

test('what the alias has seen stays behind; the rest goes on in its order, by the talk’s name', async () => {
  const { parts, entered } = passage(take);
  const events = ['a', 'seen', 'b'].map((key) => waiting(key));
  expect(await passOn(parts, events, DETOUR)).toBe(3);
  expect(entered.map(({ chat, own, key }) => [chat, own, key])).toEqual([
    ['talk', 'alias', 'a'],
    ['talk', 'alias', 'b'],
  ]);
  expect(events.flatMap(({ ended }) => ended)).toEqual(['taken', 'taken', 'taken']);
});

test('the end of work is called after the chat that ordered it', async () => {
  const { parts, entered } = passage(take);
  await passOn(parts, [waiting('w', { type: 'worked', work: '1|who.card|3', value: 'card' })], DETOUR);
  expect(entered[0]?.event).toEqual({ type: 'worked', work: 'alias:1|who.card|3', value: 'card' });
});

test('what comes back waits for the next round, with all behind it; the alias is to be read anew', async () => {
  const { parts, forgotten } = passage((each) => (each.key === 'a' ? take(each) : each.giveBack?.(false)));
  const events = ['a', 'b', 'c'].map((key) => waiting(key));
  expect(await passOn(parts, events, DETOUR)).toBe(1);
  expect(forgotten).toEqual(['alias']);
  expect(events.map(({ ended }) => ended)).toEqual([['taken'], [], []]);
});

test('a talk that is gone is remembered as gone', async () => {
  const { parts } = passage((each) => each.giveBack?.(true));
  const event = waiting('a');
  expect(await passOn(parts, [event], DETOUR)).toBe(0);
  expect(event.goneTalk).toBe('talk');
});

test('what goes round and round is turned away: its sender comes again', async () => {
  const { parts } = passage((each) => each.giveBack?.(false));
  const event = waiting('a');
  let rounds = 0;
  while ((await passOn(parts, [event], DETOUR)) === 0) rounds += 1;
  expect([rounds, event.ended]).toEqual([9, ['unavailable']]);
});
