import { describe, expect, test } from '@jest/globals';
import { Talk } from '../harness/talk.ts';
import { WORLDS } from '../harness/world.ts';

const THANKS = ['cảm ơn', 'cam on', 'Cám ơn ạ', 'ok cam on em nhieu', 'vâng, cảm ơn', 'thank you', 'tks'];

describe('thanks', () => {
  test.each(THANKS)('%j in the middle: a word, the question again, nothing counted as wrong', (raw) => {
    const talk = new Talk(WORLDS.newcomer);
    talk.texts('khai báo', 'đồng ý', 'tôi', 'ko co the', '12345');
    const [asked, tries] = [talk.run?.asked?.key, talk.run?.tries];
    talk.text(raw);
    expect(talk.last?.notes.map(({ key }) => key)).toEqual(['engine.welcome']);
    expect([talk.run?.asked?.key, talk.run?.tries, talk.outcome]).toEqual([asked, tries, 'command']);
  });

  test('at the end: a word, and not the whole menu', () => {
    const talk = new Talk();
    talk.texts('alo', 'cảm ơn');
    expect(talk.plain(talk.last)).toBe('Không có gì ạ. Chúc anh/chị mạnh khỏe.\nTrang chủ');
  });

  test.each(['cảm ơn cán bộ đã giúp', 'cảm ơn'])('to the staff they are a message: %j', (raw) => {
    const talk = new Talk(WORLDS.newcomer);
    talk.texts('gặp cán bộ', raw);
    expect(talk.run?.answers.note).toBe(raw);
  });

  test('more than thanks is an answer', () => {
    const talk = new Talk(WORLDS.newcomer);
    talk.texts('khai báo', 'đồng ý', 'tôi', 'ko co the', 'Cam On Pa');
    expect(talk.run?.answers['who.name']).toBe('Cam On Pa');
  });
});
