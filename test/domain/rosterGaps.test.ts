import { expect, test } from '@jest/globals';
import { type Duty, type Gap, gapsOf } from '../../src/domain/rosterGaps.ts';

const HOUR = 3_600_000;
const NOW = Date.parse('2026-11-23T02:00:00Z');
const PLACE = '12/03595';

/** Hours from now; without an end until relieved. */
const duty = (area: string, from: number, until?: number): Duty => ({
  area,
  from: NOW + from * HOUR,
  ...(until === undefined ? {} : { until: NOW + until * HOUR }),
});

const hours = (at: number): number => (at === 0 ? 0 : (at - NOW) / HOUR);
const shown = ({ area, since, from, until }: Gap): string =>
  `${area}: since ${since === 0 ? 'ever' : hours(since)}, ${hours(from)} to ${until === undefined ? 'open' : hours(until)}`;

type Row = readonly [string, readonly Duty[], readonly string[]];

const TABLE: readonly Row[] = [
  ['nobody ever', [], ['12: since ever, 0 to open']],
  ['somebody until relieved', [duty('12', -2)], []],
  ['a commune alone looks after the province', [duty(PLACE, -2)], []],
  ['shifts that meet', [duty('12', -2, 6), duty('12', 6, 14), duty('12', 14, 30)], []],
  ['shifts that overlap', [duty('12', -2, 10), duty('12', 4, 30), duty('12', 6, 8)], []],
  ['an hour between two', [duty('12', -2, 6), duty('12', 7, 30)], ['12: since 6, 6 to 7']],
  ['a shift that nobody follows', [duty('12', -2, 6)], ['12: since 6, 6 to open']],
  ['only after a day', [duty('12', -2, 25)], []],
  ['it has begun already: it keeps its name', [duty('12', -8, -2), duty('12', 3)], ['12: since -2, 0 to 3']],
  ['the first of two gaps', [duty('12', -2, 1), duty('12', 2, 3)], ['12: since 1, 1 to 2']],
  ['a roster of its own', [duty('12', -2), duty(PLACE, -2, 6)], [`${PLACE}: since 6, 6 to open`]],
  [
    'the province keeps one: a commune does not stand in',
    [duty('12', -9, -1), duty(PLACE, -2)],
    ['12: since -1, 0 to open'],
  ],
  ['a shift of no length', [duty('12', 0, 0)], ['12: since 0, 0 to open']],
];

test.each(TABLE)('%s', (_name, duties, gaps) => {
  expect(gapsOf(duties, '12', NOW, 24 * HOUR).map(shown)).toEqual(gaps);
});
