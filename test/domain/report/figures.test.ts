import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { LEVELS } from '../../../src/domain/declaration.ts';
import { comparedOf } from '../../../src/domain/report/compared.ts';
import type { Counted, CountedAlert, CountedDeclarations } from '../../../src/domain/report/counted.ts';
import { REPORT_DAYS, reportOf } from '../../../src/domain/report/figures.ts';
import { ELSEWHERE } from '../../../src/domain/report/report.ts';
import { passed } from '../../services/report/counts.ts';

const DAY = '2026-11-26';
const UNTIL = Date.parse('2026-11-26T09:30:00Z');
const AREAS = ['12', '12/03595', '12/03478', '01', '01/00004', '120/1'];

const row = (more: Partial<CountedDeclarations> = {}): CountedDeclarations => ({
  area: '12/03595',
  level: 'low',
  origin: 'home',
  withdrawn: false,
  count: 1,
  ...more,
});

const counted = (more: Partial<Counted> = {}): Counted => ({
  day: DAY,
  until: UNTIL,
  today: [],
  yesterday: [],
  days: [],
  alertsToday: [],
  alertsYesterday: [],
  campaigns: [],
  passages: [],
  ...more,
});

const declarations = fc.array(
  fc.record({
    area: fc.constantFrom(...AREAS),
    level: fc.constantFrom(...LEVELS),
    origin: fc.constantFrom('home', 'province', 'abroad'),
    withdrawn: fc.boolean(),
    count: fc.nat(5_000),
  }),
);
const alerts: fc.Arbitrary<CountedAlert[]> = fc.array(
  fc.record({
    area: fc.constantFrom('12', '12/03595', '12/03478'),
    state: fc.constantFrom('open', 'claimed', 'called', 'closed'),
    waits: fc.array(fc.nat(600), { minLength: 1, maxLength: 3 }),
  }),
);
const total = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0);

describe('every count that goes in comes out', () => {
  test('by risk = by commune = declared; declared and withdrawn are all there were', () => {
    fc.assert(
      fc.property(declarations, (rows) => {
        const { today } = reportOf(counted({ today: rows }), '12', '12');
        expect(total(Object.values(today.byLevel))).toBe(today.declared);
        expect(total(today.byCommune.map(({ declared }) => declared))).toBe(today.declared);
        for (const level of LEVELS)
          expect(total(today.byCommune.map(({ byLevel }) => byLevel[level]))).toBe(today.byLevel[level]);
        for (const { declared, byLevel } of today.byCommune)
          expect(total(Object.values(byLevel))).toBe(declared);
        expect(total(today.byCommune.map(({ entered }) => entered))).toBe(today.entered);
        expect(today.abroad).toBeLessThanOrEqual(today.entered);
        expect(today.entered).toBeLessThanOrEqual(today.declared);
        expect(today.declared + today.withdrawn).toBe(total(rows.map(({ count }) => count)));
      }),
    );
  });

  test('the communes, each in its own report, and the rest are the province', () => {
    fc.assert(
      fc.property(declarations, alerts, (today, alertsToday) => {
        const all = counted({ today, alertsToday });
        const province = reportOf(all, '12', '12').today;
        for (const area of ['12/03595', '12/03478']) {
          const own = reportOf(all, area, '12').today;
          const there = province.byCommune.find((each) => each.area === area);
          expect([own.declared, own.entered]).toEqual([there?.declared ?? 0, there?.entered ?? 0]);
        }
        expect(total(Object.values(province.byState))).toBe(province.raised);
        expect(province.raised).toBe(alertsToday.length);
      }),
    );
  });

  test('a difference is today less yesterday', () => {
    fc.assert(
      fc.property(declarations, declarations, (today, yesterday) => {
        for (const one of comparedOf(reportOf(counted({ today, yesterday }), '12', '12')))
          expect(one.difference).toBe(
            one.today === null || one.yesterday === null ? null : one.today - one.yesterday,
          );
      }),
    );
  });
});

test('a commune hears of itself only, the province of stays elsewhere too, in one line', () => {
  const today = AREAS.map((area) => row({ area }));
  const province = reportOf(counted({ today }), '12', '12').today.byCommune;
  expect(province.map(({ area, declared }) => [area, declared])).toEqual([
    [ELSEWHERE, 3],
    ['12', 1],
    ['12/03478', 1],
    ['12/03595', 1],
  ]);
  const commune = reportOf(counted({ today }), '12/03595', '12').today;
  expect(commune.byCommune.map(({ area }) => area)).toEqual(['12/03595']);
});

test.each([
  [[], null, null],
  [[[7]], 7, 7],
  [[[9], [1, 4]], 4, 9],
  [[[9], [1, 4], [2]], 2, 9],
])('unclaimed minutes %j: median %s, longest %s', (waits, median, longest) => {
  const alertsToday = waits.map((each) => ({ area: '12', state: 'open' as const, waits: each }));
  expect(reportOf(counted({ alertsToday }), '12', '12').today).toMatchObject({ median, longest });
});

test('fourteen days, the oldest first, also those without a declaration', () => {
  const days = [
    { day: DAY, area: '12/03595', level: 'high' as const, count: 3 },
    { day: DAY, area: '01', level: 'low' as const, count: 2 },
    { day: '2026-11-13', area: '12', level: 'low' as const, count: 1 },
    { day: '2026-11-12', area: '12', level: 'low' as const, count: 9 },
  ];
  const report = reportOf(counted({ days }), '12', '12');
  expect(report.days).toHaveLength(REPORT_DAYS);
  expect(report.days.map(({ declared }) => declared)).toEqual([1, ...Array(12).fill(0), 5]);
  expect(report.days.at(-1)).toEqual({
    day: DAY,
    declared: 5,
    byLevel: { low: 2, moderate: 0, high: 3, critical: 0 },
  });
});

test('alerts nobody has: how many, and the longest wait; in a past day they are not told', () => {
  const open = [
    { area: '12/03595', since: UNTIL - 125_000 },
    { area: '12/03478', since: UNTIL - 3_600_000 },
  ];
  expect(reportOf(counted({ open }), '12', '12').open).toEqual({ count: 2, longest: 60 });
  expect(reportOf(counted({ open }), '12/03595', '12').open).toEqual({ count: 1, longest: 2 });
  expect(reportOf(counted({ open: [] }), '12', '12').open).toEqual({ count: 0, longest: null });
  expect(reportOf(counted(), '12', '12')).not.toHaveProperty('open');
});

test('campaigns are the province’s; passages those of the area', () => {
  const campaigns = [{ name: 'Tết', day: 1, planned: 9, sent: 8, failed: 1, declared: 3 }];
  const passages = [passed()];
  const all = counted({ campaigns, passages });
  expect(reportOf(all, '12', '12')).toMatchObject({ campaigns, passages });
  expect(reportOf(all, '12/03595', '12')).toMatchObject({ campaigns: [], passages: [] });
});

test('what an older release counted as claimed and called about is called', () => {
  const kept = [
    { area: '12', state: 'claimed' as const, waits: [1] },
    { area: '12', state: 'claimed' as const, called: true as const, waits: [1] },
    { area: '12', state: 'called' as const, waits: [1] },
  ];
  const { byState } = reportOf(counted({ alertsToday: kept }), '12', '12').today;
  expect(byState).toEqual({ open: 0, claimed: 1, called: 2, closed: 0 });
});
