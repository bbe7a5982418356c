import { describe, expect, test } from '@jest/globals';
import type { Alert } from '../../src/domain/alert.ts';
import { mayReport, minutesLate, type Reporting, remindsOfReport } from '../../src/domain/alertReport.ts';
import type { AlertEntry } from '../../src/domain/alertState.ts';

const MINUTE = 60_000;
const DUE = Date.parse('2026-11-23T03:00:00Z');

const alert = (given: Partial<Alert> = {}): Alert => ({
  id: 'a',
  rev: 3,
  level: 'high',
  area: '12/03595',
  state: 'claimed',
  owner: 'nurse',
  asked: ['nurse', 'other'],
  told: ['head'],
  ...given,
});

describe('who notes that the authority was told', () => {
  test.each([
    ['its owner', alert(), 'nurse', true],
    ['who has called', alert({ state: 'called' }), 'nurse', true],
    ['nobody else', alert(), 'head', false],
    ['nobody of an open one', alert({ state: 'open' }), 'nurse', false],
    ['nobody of a closed one', alert({ state: 'closed' }), 'nurse', false],
    ['nobody twice', alert({ reported: DUE }), 'nurse', false],
  ])('%s', (_name, given, by, may) => {
    expect(mayReport(given, by)).toBe(may);
  });
});

test.each([
  [-1, 0],
  [0, 0],
  [0.1, 1],
  [12, 12],
])('%s minutes after the end: %s late', (minutes, late) => {
  expect(minutesLate(DUE + minutes * MINUTE, DUE)).toBe(late);
});

describe('the reminder to report', () => {
  const history = (...entries: readonly (readonly [AlertEntry['what'], number])[]) => ({
    history: entries.map(([what, minutes]) => ({ what, at: DUE + minutes * MINUTE })),
  });
  const CLAIMED = history(['opened', -60], ['claimed', -50]);
  test.each<readonly [string, Partial<Reporting>, number, boolean]>([
    ['a moment before its turn', CLAIMED, -15.1, false],
    ['a quarter of an hour before the end', CLAIMED, -15, true],
    ['nobody has it: everybody is asked anyway', { ...CLAIMED, state: 'open' }, -15, false],
    ['called about long before', history(['claimed', -50], ['called', -40]), -15, true],
    ['closed', { ...CLAIMED, state: 'closed' }, -15, false],
    ['noted', history(['claimed', -50], ['reported', -20]), -15, false],
    ['noted, and reopened', history(['claimed', -50], ['reported', -30], ['reopened', -20]), -15, false],
    ['told once', history(['claimed', -50], ['reportDue', -15]), 10, false],
    ['claimed a moment ago: the card said it', history(['claimed', -14]), -13, false],
    ['called a moment ago', history(['claimed', -50], ['called', -15]), -14, false],
    ['what others do shows its owner nothing', history(['claimed', -50], ['updated', -15]), -14, true],
    ['it came with a shift', history(['claimed', -50], ['claimed', -10], ['takenOver', -10]), -9, true],
    ['whoever had it was told', history(['reportDue', -15], ['claimed', -10], ['takenOver', -10]), -9, true],
    ['told once since', history(['reportDue', -15], ['takenOver', -10], ['reportDue', -9]), -8, false],
    ['looked at since', history(['claimed', -50], ['takenOver', -10], ['called', -9]), -8, false],
    ['noted before', history(['reported', -15], ['takenOver', -10]), -9, false],
    ['missed, and made up', CLAIMED, 59, true],
    ['too late to be of use', CLAIMED, 60, false],
  ])('%s', (_name, given, minutes, reminded) => {
    const reporting = { state: 'claimed', history: [], due: DUE, ...given } as const;
    expect(remindsOfReport(reporting, DUE + minutes * MINUTE)).toBe(reminded);
  });
});
