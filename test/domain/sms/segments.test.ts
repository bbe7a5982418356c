import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { septets } from '../../../src/domain/sms/gsm7.ts';
import { smsOf } from '../../../src/domain/sms/segments.ts';

describe('how many segments', () => {
  test.each([
    ['', 'gsm7', 0],
    ['a', 'gsm7', 1],
    ['a'.repeat(160), 'gsm7', 1],
    ['a'.repeat(161), 'gsm7', 2],
    ['a'.repeat(306), 'gsm7', 2],
    ['a'.repeat(307), 'gsm7', 3],
    ['a'.repeat(459), 'gsm7', 3],
    ['a'.repeat(460), 'gsm7', 4],
    // Each of the extension table costs two.
    ['€'.repeat(80), 'gsm7', 1],
    [`${'€'.repeat(80)}a`, 'gsm7', 2],
    [`${'a'.repeat(159)}[`, 'gsm7', 2],
    // 152 + 2 do not go into 153: the bracket moves whole, and 305 septets are three segments.
    [`${'a'.repeat(152)}[${'a'.repeat(151)}`, 'gsm7', 2],
    [`${'a'.repeat(152)}[${'a'.repeat(152)}`, 'gsm7', 3],
    ['^{}\\[~]|€\f', 'gsm7', 1],
    ['@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ¤¡ÄÖÑÜ§¿äöñüà', 'gsm7', 1],
    ['ă'.repeat(70), 'ucs2', 1],
    ['ă'.repeat(71), 'ucs2', 2],
    ['ă'.repeat(134), 'ucs2', 2],
    ['ă'.repeat(135), 'ucs2', 3],
    ['ç', 'ucs2', 1],
    ['`', 'ucs2', 1],
    ['\t', 'ucs2', 1],
    ['😀'.repeat(35), 'ucs2', 1],
    ['😀'.repeat(36), 'ucs2', 2],
    // 67 is odd: 33 pictures to a part, not 33 and a half.
    ['😀'.repeat(66), 'ucs2', 2],
    ['😀'.repeat(67), 'ucs2', 3],
  ])('%j is %s, %i', (text, encoding, segments) => {
    expect(smsOf(text)).toMatchObject({ text, encoding, segments });
  });

  const notice =
    'Anh/chị từ vùng dịch về xin khai báo y tế: nhắn tin tới khaibao.example hoặc gọi trạm y tế xã.';

  test('marks that stand apart are put together before anything is counted', () => {
    const apart = notice.normalize('NFD');
    expect(apart.length).toBeGreaterThan(notice.length + 20);
    expect(smsOf(apart)).toEqual(smsOf(notice));
    expect(smsOf(apart)).toMatchObject({ text: notice, encoding: 'ucs2', segments: 2 });
  });

  test('composed, some letters of Vietnamese are in the alphabet, and most are not', () => {
    expect([...'àèéìòù'].every((char) => septets(char) === 1)).toBe(true);
    expect([...'áảãạăâđêôơưýỳ'].some((char) => septets(char) !== undefined)).toBe(false);
    expect(smsOf('à'.normalize('NFD').repeat(160))).toMatchObject({ encoding: 'gsm7', segments: 1 });
  });
});

describe('the parts', () => {
  const text = fc.oneof(
    fc.string({ unit: fc.constantFrom(...'aZ9 \n€[]{}^~|\\@Δ'), maxLength: 700 }),
    fc.string({ unit: fc.constantFrom('a', '€', 'đ', 'ệ', '😀', '🏥', '\u0301'), maxLength: 400 }),
    fc.string({ unit: 'binary', maxLength: 300 }),
  );
  const septetsOf = (part: string) => [...part].reduce((sum, char) => sum + (septets(char) ?? 1_000), 0);

  test('are the text, cut nowhere within a letter, each within its room and as full as can be', () => {
    fc.assert(
      fc.property(text, (raw) => {
        const { text: sent, encoding, segments, parts } = smsOf(raw);
        expect(sent).toBe(raw.normalize('NFC'));
        expect(parts.join('')).toBe(sent);
        expect(parts).toHaveLength(segments);
        const sizes = parts.map((part) => (encoding === 'gsm7' ? septetsOf(part) : part.length));
        const [single, room] = encoding === 'gsm7' ? [160, 153] : [70, 67];
        for (const size of sizes) expect(size).toBeLessThanOrEqual(parts.length === 1 ? single : room);
        for (const size of sizes.slice(0, -1)) expect(size).toBeGreaterThanOrEqual(room - 1);
        const whole = sizes.reduce((sum, size) => sum + size, 0);
        expect(segments <= 1).toBe(whole <= single);
        // By code points nothing is lost either: no half of a picture stands alone that did not before.
        expect(parts.flatMap((part) => [...part])).toEqual([...sent]);
      }),
      { numRuns: 300 },
    );
  });
});
