import { expect, test } from '@jest/globals';
import { smsOf } from '../../../src/domain/sms/segments.ts';
import { costOf, parseTariff } from '../../../src/domain/sms/tariff.ts';
import { shippedTariff } from '../../../src/services/sms/tariff.ts';

const shipped = shippedTariff();

test('the cost is segments by recipients by price, in whole đồng', () => {
  expect(costOf(smsOf('a'.repeat(161)), 480_000, shipped)).toBe(2 * 480_000 * shipped.perSegment.gsm7);
  expect(costOf(smsOf('ă'), 3, { ...shipped, perSegment: { gsm7: 1, ucs2: 0.5 } })).toBe(2);
  expect(costOf(smsOf(''), 480_000, shipped)).toBe(0);
});

test.each([
  [{ ...shipped, perSegment: { gsm7: 550 } }],
  [{ ...shipped, perSegment: { gsm7: -1, ucs2: 1 } }],
  [{ ...shipped, currency: 'USD' }],
  [{ ...shipped, more: 1 }],
])('a tariff that is none is refused: %j', (json) => {
  expect(() => parseTariff(json)).toThrow();
});
