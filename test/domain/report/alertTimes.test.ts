import { expect, test } from '@jest/globals';
import type { AlertEntry } from '../../../src/domain/alertState.ts';
import { stateAt, waitsUntil } from '../../../src/domain/report/alertTimes.ts';

type What = AlertEntry['what'];
const MINUTE = 60_000;
const history = (...entries: readonly (readonly [What, number])[]) =>
  entries.map(([what, minutes]) => ({ what, at: minutes * MINUTE }));

const TAKEN = history(['opened', 0], ['asked', 5], ['claimed', 12], ['called', 13], ['closed', 40]);
const REOPENED = [...TAKEN, ...history(['reopened', 50])];
const BACK = history(['opened', 0], ['claimed', 3], ['released', 20], ['raised', 22], ['claimed', 27]);

test.each([
  ['nobody has had it', history(['opened', 0]), 30, 'open', [30]],
  ['taken later', TAKEN, 10, 'open', [10]],
  ['taken', TAKEN, 13, 'claimed', [12]],
  ['closed', TAKEN, 60, 'closed', [12]],
  ['given back, and waiting again', BACK, 25, 'open', [3, 5]],
  ['closed, and opened again', REOPENED, 60, 'claimed', [12]],
  ['closed, before it was opened again', REOPENED, 50, 'closed', [12]],
  ['given back and taken', BACK, 60, 'claimed', [3, 7]],
  [
    'closed by an administrator without being taken',
    history(['opened', 0], ['closed', 9]),
    60,
    'closed',
    [9],
  ],
  ['told again while nobody has it', history(['opened', 0], ['released', 4]), 10, 'open', [10]],
] as const)('%s', (_name, entries, minute, state, waits) => {
  expect(stateAt(entries, minute * MINUTE)).toBe(state);
  expect(waitsUntil(entries, minute * MINUTE)).toEqual(waits);
});

test.each([
  ['taken, not yet called', TAKEN, 13, 'claimed'],
  ['called', TAKEN, 14, 'called'],
  ['called and closed', TAKEN, 60, 'closed'],
  ['reopened, and not called since', REOPENED, 60, 'claimed'],
  ['given back after the call', history(['claimed', 1], ['called', 2], ['released', 3]), 9, 'open'],
  ['graver since the call', history(['claimed', 1], ['called', 2], ['raised', 3]), 9, 'claimed'],
  ['graver, and called', history(['claimed', 1], ['called', 2], ['raised', 3], ['called', 4]), 9, 'called'],
  ['graver while nobody has it', history(['opened', 1], ['raised', 2]), 9, 'open'],
  [
    'what is no progress',
    history(['called', 1], ['updated', 2], ['moved', 2], ['withdrawn', 2]),
    9,
    'called',
  ],
] as const)('%s: %#', (_name, entries, minute, state) => {
  expect(stateAt(entries, minute * MINUTE)).toBe(state);
});
