import { expect, test } from '@jest/globals';
import { CATALOGUES } from '../../locales/index.ts';
import { Talk } from '../harness/talk.ts';
import { WORLDS } from '../harness/world.ts';

/** The lines of a review. */
const linesOf = (talk: Talk): readonly string[] =>
  talk
    .plain(talk.last)
    .split('\n')
    .filter((text) => text.startsWith('• '));

test('a review of a companion: one line each for plate and seat, none for what was skipped', () => {
  const talk = new Talk(WORLDS.newcomer);
  talk.texts('khai hộ', 'đồng ý', 'Vàng Thị Mỷ, 1952, nữ, không, không', 'xã Sìn Hồ', 'Hà Nội đến Sìn Hồ');
  talk.texts('xe khách', '29B-123.45', 'hôm nay', 'không', 'không', 'gửi', 'thêm một người', 'đúng');
  talk.texts('Giàng A Páo, 1960, nam, không, bỏ qua', '1', 'ghế 2', 'không', 'không');
  const lines = linesOf(talk);
  expect(lines[0]).toBe('• Khai cho: Người đi cùng');
  expect(lines.filter((text) => /ghế|Biển số/.test(text))).toEqual([
    expect.stringMatching(/^• Biển số xe: \S+$/),
    '• Số ghế: 2',
  ]);
  expect(lines.join('\n')).not.toContain('(bỏ qua)');
});

test('whoever is not well reads so, not the words of the button', () => {
  const talk = new Talk(WORLDS.returning);
  talk.texts('khai báo', 'cho tôi', 'như lần trước, đi hôm nay', 'có', 'sốt', 'không');
  expect(linesOf(talk)).toEqual(expect.arrayContaining(['• Khai cho: Tôi', '• Sức khỏe: Có điều cần khai']));
});

test('one word each: a declaration is withdrawn ("thu hồi") and has validity ("giá trị")', () => {
  const others = Object.entries(CATALOGUES.vi).filter(([, sentence]) =>
    /hiệu lực|(?<!\p{L})rút(?!\p{L})/u.test(sentence),
  );
  expect(others).toEqual([]);
});
