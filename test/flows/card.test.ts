import { describe, expect, test } from '@jest/globals';
import { Talk } from '../harness/talk.ts';
import { WORLDS } from '../harness/world.ts';

/** A talk at the photo of the card, and what was said there. */
const saying = (...said: readonly string[]): Talk => {
  const talk = new Talk(WORLDS.newcomer);
  talk.texts('khai hộ', 'đồng ý', ...said);
  return talk;
};

const asked = (talk: Talk): string | undefined => talk.run?.asked?.key;

describe('at the photo of the card', () => {
  test.each([
    ['Giàng A Páo, 1960, nam', 'who.id', 'Giàng A Páo'],
    ['giàng seo páo, 15/3/1960, nam', 'who.id', 'Giàng Seo Páo'],
    ['Giàng A Páo\n1960', 'who.sex', 'Giàng A Páo'],
    ['Nguyễn Hoàng Nam', 'who.born', 'Nguyễn Hoàng Nam'],
    ['lo van pan', 'who.born', 'Lo Van Pan'],
    ['tôi là Vàng Thị Mỷ', 'who.born', 'Vàng Thị Mỷ'],
  ])('%j: nothing typed is lost', (said, next, name) => {
    const talk = saying(said);
    expect([asked(talk), talk.run?.answers['who.card'], talk.run?.answers['who.name']]).toEqual([
      next,
      'typed',
      name,
    ]);
  });

  test.each(['không', 'không có', 'không có thẻ', 'không đồng ý', 'ko chụp được', 'để ở nhà', 'tôi gõ'])(
    '%j: no card',
    (said) => {
      expect(asked(saying(said))).toBe('who.name');
    },
  );

  test.each(['làm sao để chụp', 'đợi chút', 'mã QR ở đâu', 'ảnh mờ quá, chụp lại nhé', 'Chờ'])(
    '%j is no name',
    (said) => {
      const talk = saying(said);
      expect([asked(talk), talk.outcome]).toEqual(['who.card', 'problem']);
    },
  );

  test('answers before and after it in one line', () => {
    const talk = new Talk(WORLDS.newcomer);
    talk.texts('khai báo', 'đồng ý', 'cho tôi, Giàng A Páo, 1960, nam');
    expect(asked(talk)).toBe('who.id');
  });

  test('a name typed while the photo is read waits for what was read', () => {
    const talk = saying();
    talk.send({ type: 'photo', ref: 'r', bytes: 10 });
    talk.text('Giàng A Páo');
    expect([asked(talk), talk.run?.waiting?.key]).toEqual(['who.card', 'who.card']);
  });
});
