import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Alert } from '../../src/domain/alert.ts';
import {
  type Held,
  mayRelease,
  mayStepIn,
  nextHeld,
  type Stalled,
  USUAL_HELD,
} from '../../src/domain/alertHeld.ts';
import type { AlertEntry } from '../../src/domain/alertState.ts';
import type { Member, Role } from '../../src/domain/roster.ts';

const PLACE = '12/03595';
const MINUTE = 60_000;
const FROM = Date.parse('2026-11-23T02:00:00Z');

const member = (id: string, role: Role, area: string, shifts: readonly string[] = []): Member => ({
  id,
  role,
  area,
  shifts,
  reachable: true,
});
const NURSE = member('nurse', 'duty', PLACE, [PLACE]);
const CDC = member('cdc', 'duty', '12', ['12']);
const HEAD = member('head', 'leader', PLACE);
const MATRON: Member = { ...member('matron', 'leader', '12'), facility: 'Trạm y tế' };
const CHIEF = member('chief', 'leader', '12');
const ADMIN = member('admin', 'admin', '12');
const FAR = member('far', 'leader', '01');
const SLEEPER = member('sleeper', 'duty', PLACE);
const ALL = [NURSE, CDC, HEAD, CHIEF, ADMIN, FAR, SLEEPER];
const OF_STATION = { facility: 'Trạm Y tế', posts: [{ area: PLACE, facility: 'Trạm Y tế' }] };
const THERE = { ...NURSE, ...OF_STATION };
const FIRST = { ...member('first', 'leader', PLACE), facility: 'Trạm Y tế' };
const away = (one: Member): Member => ({ ...one, reachable: false });

type Happened = readonly [what: AlertEntry['what'], minutes: number];

const held = (history: readonly Happened[], given: Partial<Held> = {}): Held => ({
  state: 'claimed',
  area: PLACE,
  owner: 'nurse',
  history: history.map(([what, minutes]) => ({ what, at: FROM + minutes * MINUTE })),
  stalled: undefined,
  ...given,
});
const told = (rung: number, minutes: number, given: Partial<Stalled> = {}): Partial<Held> => ({
  stalled: { rung, at: FROM + minutes * MINUTE, told: [], lost: false, ...given },
});

const CLAIMED: readonly Happened[] = [
  ['opened', -3],
  ['asked', -3],
  ['claimed', 0],
];
const CALLED: readonly Happened[] = [...CLAIMED, ['called', 10]];

type Row = readonly [string, Held, readonly Member[], number, string];

const TABLE: readonly Row[] = [
  ['nobody has it: another clock', held(CLAIMED, { state: 'open' }), ALL, 600, 'silent'],
  ['closed', held(CLAIMED, { state: 'closed' }), ALL, 600, 'silent'],
  // Claimed, and nothing more.
  ['just claimed', held(CLAIMED), ALL, 0, 'wait, next at 15'],
  ['a moment before fifteen', held(CLAIMED), ALL, 14.99, 'wait, next at 15'],
  ['fifteen: its owner', held(CLAIMED), ALL, 15, 'tell 1: nurse, next at 30'],
  ['reminded: no second time', held(CLAIMED, told(1, 15)), ALL, 15.2, 'wait, next at 30'],
  ['reminded a little late', held(CLAIMED, told(1, 15.4)), ALL, 29, 'wait, next at 30'],
  [
    'thirty, its owner at a facility that has a leader: that one',
    held(CLAIMED, told(1, 15)),
    [{ ...NURSE, posts: [{ area: PLACE, facility: 'Trạm y tế' }] }, HEAD, MATRON],
    30,
    'tell 2: nurse matron, next at 45',
  ],
  [
    'thirty, somebody else is on duty there: the leader of the place',
    held(CLAIMED, told(1, 15)),
    [NURSE, { ...SLEEPER, shifts: [PLACE], posts: [{ area: PLACE, facility: 'Trạm y tế' }] }, HEAD, MATRON],
    30,
    'tell 2: nurse head, next at 45',
  ],
  ['thirty: the leader too', held(CLAIMED, told(1, 15)), ALL, 30, 'tell 2: nurse head, next at 45'],
  [
    'thirty, at a facility: its leader',
    held(CLAIMED),
    [THERE, FIRST, CHIEF],
    30,
    'tell 2: nurse first, next at 45',
  ],
  [
    'the leader of the facility has it: the commune’s',
    held(CLAIMED, { owner: 'first' }),
    [THERE, FIRST, HEAD, CHIEF],
    30,
    'tell 2: first head, next at 45',
  ],
  [
    'the leader of the facility has it, and there is no other: the province',
    held(CLAIMED, { owner: 'first' }),
    [THERE, FIRST, ADMIN],
    30,
    'tell 3: first admin, next at 45',
  ],
  [
    'forty-five: the province',
    held(CLAIMED, told(2, 30)),
    ALL,
    45,
    'tell 3: nurse head cdc chief admin, next at 75',
  ],
  ['between two repeats', held(CLAIMED, told(3, 45)), ALL, 74, 'wait, next at 75'],
  ['again', held(CLAIMED, told(3, 45)), ALL, 75, 'tell 3: nurse head cdc chief admin, next at 105'],
  // What counts as progress, and what does not.
  [
    'who declares again puts no clock back',
    held([...CLAIMED, ['updated', 14]]),
    ALL,
    15,
    'tell 1: nurse, next at 30',
  ],
  ['nor what is graver', held([...CLAIMED, ['raised', 14]]), ALL, 15, 'tell 1: nurse, next at 30'],
  [
    'nor being reminded',
    held([...CLAIMED, ['reminded', 15]], told(1, 15)),
    ALL,
    30,
    'tell 2: nurse head, next at 45',
  ],
  [
    'somebody else has it since',
    held([...CLAIMED, ['released', 20], ['claimed', 20]]),
    ALL,
    30,
    'wait, next at 35',
  ],
  [
    'called, closed and reopened: it begins anew',
    held([...CLAIMED, ['called', 1], ['closed', 20], ['reopened', 20]]),
    ALL,
    30,
    'wait, next at 35',
  ],
  // Called: hours.
  ['called in time', held(CALLED, { state: 'called' }), ALL, 60, 'wait, next at 250'],
  ['stored by an older release', held(CALLED), ALL, 60, 'wait, next at 250'],
  [
    'four hours after the call: its owner',
    held(CALLED, { state: 'called' }),
    ALL,
    250,
    'tell 1: nurse, next at 370',
  ],
  ['six: the leader', held(CALLED, told(1, 250)), ALL, 370, 'tell 2: nurse head, next at 490'],
  ['called once more', held([...CALLED, ['called', 249]]), ALL, 250, 'wait, next at 489'],
  [
    'graver after the call: to be called again',
    held([...CALLED, ['raised', 60]]),
    ALL,
    75,
    'tell 1: nurse, next at 90',
  ],
  [
    'graver twice: from the first',
    held([...CALLED, ['raised', 60], ['raised', 70]]),
    ALL,
    75,
    'tell 1: nurse, next at 90',
  ],
  ['graver, and called', held([...CALLED, ['raised', 60], ['called', 62]]), ALL, 75, 'wait, next at 302'],
  // A rung with nobody on it is not waited for.
  [
    'its owner has no chat: the leader at once',
    held(CLAIMED),
    [away(NURSE), HEAD, CHIEF],
    15,
    'tell 2: head, next at 30',
  ],
  [
    'no leader of the place: that of the province',
    held(CLAIMED, told(1, 15)),
    [NURSE, CHIEF],
    30,
    'tell 2: nurse chief, next at 45',
  ],
  [
    'no leader at all: the province',
    held(CLAIMED, told(1, 15)),
    [NURSE, ADMIN],
    30,
    'tell 3: nurse admin, next at 45',
  ],
  [
    'the leader has it: nobody is told of themselves twice',
    held(CLAIMED, { owner: 'head', ...told(1, 15) }),
    [HEAD, CHIEF],
    30,
    'tell 3: head chief, next at 45',
  ],
  ['nobody but its owner in the world', held(CLAIMED, told(1, 15)), [NURSE], 30, 'tell 3: nurse, next at 45'],
  ['nobody at all', held(CLAIMED), [away(NURSE), FAR], 15, 'tell 3: , next at 30'],
  // A message that reached nobody.
  [
    'the owner was not reached',
    held(CLAIMED, told(1, 15, { lost: true })),
    ALL,
    16,
    'tell 2: nurse head, next at 30',
  ],
  [
    'nor was the leader',
    held(CLAIMED, told(2, 16, { lost: true })),
    ALL,
    17,
    'tell 3: nurse head cdc chief admin, next at 30',
  ],
  [
    'nor the province: at its turn, not every moment',
    held(CLAIMED, told(3, 17, { lost: true })),
    ALL,
    18,
    'wait, next at 30',
  ],
  // Nobody lived for a while: what was missed is made up once.
  ['down for half an hour', held(CLAIMED), ALL, 40, 'tell 2: nurse head, next at 45'],
  ['down for a day', held(CLAIMED), ALL, 24 * 60 + 1, 'tell 3: nurse head cdc chief admin, next at 1455'],
];

const shown = (given: Held, roster: readonly Member[], minutes: number): string => {
  const turn = nextHeld(given, roster, FROM + minutes * MINUTE, USUAL_HELD);
  if (turn.is === 'silent') return 'silent';
  const next = `next at ${(turn.due - FROM) / MINUTE}`;
  if (turn.is === 'wait') return `wait, ${next}`;
  return `tell ${turn.rung}: ${turn.members.map(({ id }) => id).join(' ')}, ${next}`;
};

describe('who hears of an alert that somebody has', () => {
  test.each(TABLE)('%s', (_name, given, roster, minutes, expected) => {
    expect(shown(given, roster, minutes)).toBe(expected);
  });
});

describe('for any history, roster and minute', () => {
  const entry = fc.tuple(
    fc.constantFrom('claimed', 'called', 'raised', 'updated', 'reminded', 'released' as const),
    fc.integer({ min: 0, max: 600 }),
  );
  const history = fc.array(entry, { minLength: 1, maxLength: 6 });
  const roster = fc.subarray([...ALL, away(NURSE), away(HEAD)]);

  /** Plays the clock minute by minute; the longest time in which somebody there heard nothing. */
  const silence = (given: Held, members: readonly Member[]): number => {
    let [stalled, last, longest] = [given.stalled, given.history.at(-1)?.at ?? FROM, 0];
    for (let now = last; now <= FROM + 2_400 * MINUTE; now += MINUTE) {
      const turn = nextHeld({ ...given, stalled }, members, now, USUAL_HELD);
      if (turn.is !== 'tell') continue;
      longest = Math.max(longest, now - last);
      [stalled, last] = [{ rung: turn.rung, at: now, told: [], lost: false }, now];
    }
    return Math.max(longest, FROM + 2_400 * MINUTE - last) / MINUTE;
  };

  test('it is never silent for longer than a call gives time, and never goes down', () => {
    fc.assert(
      fc.property(history, roster, (happened, members) => {
        const sorted: readonly Happened[] = [['claimed', 0], ...happened.toSorted(([, a], [, b]) => a - b)];
        return silence(held(sorted), members) <= USUAL_HELD.called.owner;
      }),
      { numRuns: 150 },
    );
  });
});

const alert = (given: Partial<Alert> = {}): Alert => ({
  id: 'a',
  rev: 3,
  level: 'high',
  area: PLACE,
  state: 'claimed',
  owner: 'nurse',
  asked: ['nurse'],
  ...given,
});

describe('who may step in', () => {
  test.each([
    ['its owner may only give it back', alert(), 'nurse', true, false],
    ['nobody else while it goes on', alert(), 'head', false, false],
    ['whoever was told that it stands still', alert({ told: ['head'] }), 'head', true, true],
    ['nobody who was not', alert({ told: ['head'] }), 'chief', false, false],
    ['the owner, told as one of many before', alert({ told: ['nurse'] }), 'nurse', true, false],
    ['of one that was called about too', alert({ state: 'called', told: ['head'] }), 'head', true, true],
    ['not of an open one', alert({ state: 'open', told: ['head'] }), 'head', false, false],
    ['not of a closed one', alert({ state: 'closed', told: ['head'] }), 'head', false, false],
  ])('%s', (_name, given, by, releases, stepsIn) => {
    expect([mayRelease(given, by), mayStepIn(given, by)]).toEqual([releases, stepsIn]);
  });
});
