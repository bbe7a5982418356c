/** Made-up counts for tests of what a report looks like. */
import { addDays } from '../../../src/domain/day.ts';
import type { Counted, CountedDeclarations, CountedPassages } from '../../../src/domain/report/counted.ts';

export const DAY = '2026-11-26';
export const UNTIL = Date.parse('2026-11-26T09:30:00Z');

const row = (
  area: string,
  level: CountedDeclarations['level'],
  origin: CountedDeclarations['origin'],
  count: number,
  withdrawn = false,
): CountedDeclarations => ({ area, level, origin, withdrawn, count });

/** Low ones of the last seven days: 60, 50 … 0; today 9 critical ones beside them. */
export const LOW = [60, 50, 40, 30, 20, 10, 0];

export const counted = (more: Partial<Counted> = {}): Counted => ({
  day: DAY,
  until: UNTIL,
  today: [
    row('12/03595', 'low', 'home', 90),
    row('12/03478', 'high', 'abroad', 3),
    row('01/00004', 'low', 'province', 12),
    row('12', 'moderate', 'province', 4),
    row('12', 'low', 'home', 2, true),
  ],
  yesterday: [row('12/03595', 'low', 'home', 70), row('12/03595', 'critical', 'abroad', 1)],
  days: [
    ...LOW.map((count, n) => ({ day: addDays(DAY, n - 6), area: '12/03595', level: 'low' as const, count })),
    { day: DAY, area: '12/03478', level: 'critical' as const, count: 9 },
  ],
  alertsToday: [
    { area: '12/03478', state: 'open', waits: [12] },
    { area: '12/03595', state: 'closed', waits: [3, 4] },
  ],
  alertsYesterday: [{ area: '12/03478', state: 'claimed', waits: [40] }],
  open: [{ area: '12/03478', since: UNTIL - 12 * 60_000 }],
  campaigns: [],
  passages: [],
  ...more,
});

/** What was counted at a checkpoint that nobody turned away from. */
export const passed = (more: Partial<CountedPassages> = {}): CountedPassages => ({
  checkpoint: { vi: 'chốt Ma Lù Thàng', en: 'checkpoint Ma Lù Thàng' },
  area: '12/03478',
  today: 7,
  yesterday: 5,
  vehicles: { today: 3, yesterday: 2 },
  sentBack: { today: 0, yesterday: 0 },
  handedOver: { today: 0, yesterday: 0 },
  ...more,
});
