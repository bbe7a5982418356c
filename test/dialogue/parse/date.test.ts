import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { parseDay, parseYear } from '../../../src/dialogue/parse/date.ts';
import { addDays, makeDay } from '../../../src/domain/day.ts';

const TODAY = '2026-11-23';
const near = (raw: string) => parseDay(raw, TODAY, 'near');
const past = (raw: string) => parseDay(raw, TODAY, 'past');
const birth = (raw: string) => parseDay(raw, TODAY, 'full');

describe('a day near today', () => {
  test.each([
    ['15-3', '2027-03-15'],
    ['20/11', '2026-11-20'],
    ['20.11', '2026-11-20'],
    ['20 11', '2026-11-20'],
    ['20/11/2026', '2026-11-20'],
    ['20/11/26', '2026-11-20'],
    ['2026-11-20', '2026-11-20'],
    ['ngày 20/11', '2026-11-20'],
    ['đi ngày 20/11', '2026-11-20'],
    ['20 tháng 11', '2026-11-20'],
    ['20 thg 11', '2026-11-20'],
    ['ngày 20 tháng 11 năm 2026', '2026-11-20'],
    ['20/11 nhé', '2026-11-20'],
    ['sáng 20/11', '2026-11-20'],
    ['31/12', '2026-12-31'],
    ['1/1', '2027-01-01'],
    ['1/1/27', '2027-01-01'],
    ['hôm nay', '2026-11-23'],
    ['Hôm nay.', '2026-11-23'],
    ['hom nay', '2026-11-23'],
    ['hnay', '2026-11-23'],
    ['nay', '2026-11-23'],
    ['sáng nay', '2026-11-23'],
    ['chiều nay', '2026-11-23'],
    ['sáng hôm nay', '2026-11-23'],
    ['bây giờ', '2026-11-23'],
    ['today', '2026-11-23'],
    ['hôm qua', '2026-11-22'],
    ['hqua', '2026-11-22'],
    ['tối qua', '2026-11-22'],
    ['tối hôm qua', '2026-11-22'],
    ['đêm qua', '2026-11-22'],
    ['ngày hôm qua', '2026-11-22'],
    ['từ hôm qua', '2026-11-22'],
    ['yesterday', '2026-11-22'],
    ['hôm kia', '2026-11-21'],
    ['ngày mai', '2026-11-24'],
    ['mai', '2026-11-24'],
    ['sáng mai', '2026-11-24'],
    ['tomorrow', '2026-11-24'],
    ['ngày kia', '2026-11-25'],
    ['3 ngày trước', '2026-11-20'],
    ['cách đây 3 ngày', '2026-11-20'],
    ['3 days ago', '2026-11-20'],
    ['3 ngày nữa', '2026-11-26'],
    ['in 3 days', '2026-11-26'],
  ])('%j → %s', (raw, expected) => {
    expect(near(raw)).toBe(expected);
    expect(near(raw.normalize('NFD'))).toBe(expected);
  });
});

describe('a day behind us', () => {
  test.each([
    ['15-3', '2026-03-15'],
    ['1/1', '2026-01-01'],
    ['31/12', '2025-12-31'],
    ['23/11', '2026-11-23'],
    ['24/11', '2025-11-24'],
  ])('%j → %s', (raw, expected) => {
    expect(past(raw)).toBe(expected);
  });
});

describe('a birth needs its year', () => {
  test.each([
    ['15/3/1990', '1990-03-15'],
    ['15.03.90', '1990-03-15'],
    ['15-3-1990', '1990-03-15'],
    ['15 3 1990', '1990-03-15'],
    ['15,3,1990', '1990-03-15'],
    ['15\\3\\1990', '1990-03-15'],
    ['15031990', '1990-03-15'],
    ['15 tháng 3 năm 1990', '1990-03-15'],
    ['15 tháng 3, 1990', '1990-03-15'],
    ['sinh ngày 15/3/1990', '1990-03-15'],
    ['ngày sinh: 15/3/1990', '1990-03-15'],
    ['tôi sinh ngày 15 tháng 3 năm 1990', '1990-03-15'],
    ['15 March 1990', '1990-03-15'],
    ['15 Mar 1990', '1990-03-15'],
    ['15-Mar-1990', '1990-03-15'],
    ['15th of March, 1990', '1990-03-15'],
    ['March 15, 1990', '1990-03-15'],
    ['1990-03-15', '1990-03-15'],
    ['１５/３/１９９０', '1990-03-15'],
    ['29/2/2024', '2024-02-29'],
    ['1/1/27', '1927-01-01'],
    ['1/1/26', '2026-01-01'],
  ])('%j → %s', (raw, expected) => {
    expect(birth(raw)).toBe(expected);
  });

  test.each(['15/3', '15-3', '15 tháng 3', '15 March'])('%j has none', (raw) => {
    expect(birth(raw)).toBeNull();
  });
});

test.each([
  '',
  '12',
  '15',
  '1990',
  '31/2',
  '29/2/2026',
  '32/1',
  '1/13',
  '0/0',
  '3/15/1990',
  '99999999',
  '15/3/190',
  '15/3/19900',
  'mai mốt',
  'tối',
  'hôm trước',
  'tuần trước',
  '3 ngày',
  'một',
  'Mai Thị Hoa',
  '15 abc 1990',
  '0912345678',
  'không',
  '😀',
])('%j is no day', (raw) => {
  expect(near(raw)).toBeNull();
});

describe('parseYear', () => {
  test.each([
    ['1990', '1990'],
    ['năm 1990', '1990'],
    ['sinh năm 1990', '1990'],
    ['sinh năm 90', '1990'],
    ['năm sinh: 1990', '1990'],
    ['sinh 1990', '1990'],
    ['SN 1990', '1990'],
    ['sn90', '1990'],
    ['tôi sinh năm 1990 ạ', '1990'],
    ['năm 15', '2015'],
    ['born in 1990', '1990'],
    ['１９９０', '1990'],
  ])('%j → %s', (raw, expected) => {
    expect(parseYear(raw, TODAY)).toBe(expected);
  });

  test.each(['', '90', '35', '35 tuổi', '15/3/1990', '199', '19900', 'năm nay', 'không'])(
    '%j is none',
    (raw) => {
      expect(parseYear(raw, TODAY)).toBeNull();
    },
  );
});

const realDay = fc
  .date({ min: new Date('1920-01-01'), max: new Date('2026-11-23'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));

test('every way of writing a day with its year is that day', () => {
  fc.assert(
    fc.property(realDay, fc.constantFrom('/', '-', '.', ' '), (iso, sign) => {
      const [year = '', month = '', day = ''] = iso.split('-');
      for (const written of [
        [day, month, year].join(sign),
        [Number(day), Number(month), year].join(sign),
        `${Number(day)} tháng ${Number(month)} năm ${year}`,
        `ngày ${day}${sign}${month}${sign}${year}`,
        `${day}${month}${year}`,
        iso,
      ])
        for (const read of [near, past, birth]) expect(read(written)).toBe(iso);
    }),
  );
});

test('what is made of any text is a real day, and never throws', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.stringMatching(/^[\d/. -]{1,10}$/)), (raw) => {
      for (const read of [near, past, birth]) {
        const [year, month, day] = (read(raw) ?? TODAY).split('-').map(Number);
        expect(makeDay(year ?? 0, month ?? 0, day ?? 0)).not.toBeNull();
      }
    }),
  );
});

test('so many days ago is so many days ago', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 400 }), (days) => {
      expect(near(`${days} ngày trước`)).toBe(addDays(TODAY, -days));
      expect(near(`${days} ngày nữa`)).toBe(addDays(TODAY, days));
    }),
  );
});
