import { describe, expect, test } from '@jest/globals';
import { Talk } from '../harness/talk.ts';
import { WORLDS } from '../harness/world.ts';

const at = (...said: readonly string[]): Talk => {
  const talk = new Talk(WORLDS.newcomer);
  talk.texts('khai báo', 'đồng ý', 'cho tôi', 'tôi gõ', ...said);
  return talk;
};
const key = (talk: Talk): string | undefined => talk.run?.asked?.key;

describe('what is doubtful is asked about, and taken when it is meant', () => {
  test.each(['bản Nà Cang', 'Xã Nậm Hàng', 'tổ Ba'])('name %j', (name) => {
    const talk = at(name);
    expect([key(talk), talk.last?.ask?.key]).toEqual(['who.name', 'person.name.which']);
    talk.text(name);
    expect(key(talk)).toBe('who.born');
  });

  test.each(['Bàn Văn An', 'Ban Na Cang', 'Tô Thị Ba', 'Phương Thị Xã', 'Bản'])('name %j is one', (name) => {
    expect(key(at(name))).toBe('who.born');
  });

  test('a journey from a place to itself', () => {
    const talk = at('Vàng Thị Mỷ, 1952, nữ, không, 0912345678', 'xã Sìn Hồ', 'Sìn Hồ đến Sìn Hồ');
    expect([key(talk), talk.last?.ask?.key]).toEqual(['trip.route', 'engine.which']);
    talk.text('Sìn Hồ đến Sìn Hồ');
    expect(key(talk)).toBe('trip.means');
  });
});
