import { expect, test } from '@jest/globals';
import { Talk } from '../harness/talk.ts';
import { WORLDS } from '../harness/world.ts';

test('of whoever is talked to a draft is "yours" in our sentence and "mine" on their button', () => {
  const talk = new Talk(WORLDS.newcomer);
  talk.send({ type: 'choice', ids: ['/go:declare:whom=me'], turn: 0 });
  talk.texts('đồng ý', 'menu');
  expect(talk.plain(talk.last)).toContain('Tiếp tục: Tờ khai cho tôi (');
  talk.send({ type: 'choice', ids: ['/go:declare:whom=me'], turn: talk.last?.turn ?? 0 });
  expect(talk.plain(talk.last)).toContain('Tờ khai của anh/chị đang làm dở (bắt đầu lúc ');
});
