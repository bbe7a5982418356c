import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type Climbing, nextClimb, nextDue, USUAL_CLOCK } from '../../src/domain/alertClock.ts';
import type { Member, Role } from '../../src/domain/roster.ts';

const PLACE = '12/03595';
const MINUTE = 60_000;
const FROM = Date.parse('2026-11-23T02:00:00Z');

const member = (id: string, role: Role, area: string, given: Partial<Member> = {}): Member => ({
  id,
  role,
  area,
  shifts: [],
  reachable: true,
  ...given,
});
const onDuty = (id: string, area: string): Member => member(id, 'duty', area, { shifts: [area] });

const NURSE = onDuty('nurse', PLACE);
const CDC = onDuty('cdc', '12');
const SLEEPER = member('sleeper', 'duty', '12/03478');
const HEAD = member('head', 'leader', PLACE);
const CHIEF = member('chief', 'leader', '12');
const ADMIN = member('admin', 'admin', '12');
const FAR = onDuty('far', '01');
const OFFICER = member('officer', 'officer', '12', { shifts: [PLACE, '12'] });
const ALL = [NURSE, CDC, SLEEPER, HEAD, CHIEF, ADMIN, FAR, OFFICER];

const away = (one: Member): Member => ({ ...one, reachable: false });

const alert = (given: Partial<Climbing> = {}): Climbing => ({
  state: 'open',
  area: PLACE,
  asked: ['nurse'],
  waiting: false,
  from: FROM,
  due: FROM + 5 * MINUTE,
  rung: 0,
  ...given,
});

/** An alert after a rung, its next turn where the clock puts it. */
const after = (rung: number, minutes: number, ...asked: readonly string[]): Climbing =>
  alert({ rung, asked, due: nextDue(USUAL_CLOCK, FROM, FROM + minutes * MINUTE) });

type Row = readonly [string, Climbing, readonly Member[], number, string];

const TABLE: readonly Row[] = [
  // Nobody is asked while somebody has it, or it is over, however late.
  ['claimed', alert({ state: 'claimed' }), ALL, 60, 'silent'],
  ['called', alert({ state: 'called' }), ALL, 60, 'silent'],
  ['closed', alert({ state: 'closed' }), ALL, 60, 'silent'],
  ['claimed and waiting', alert({ state: 'claimed', waiting: true }), ALL, 60, 'silent'],
  // Its time has not come.
  ['just asked', alert(), ALL, 0, 'wait'],
  ['a moment before five', alert(), ALL, 4.99, 'wait'],
  ['between two turns', after(1, 5, 'nurse', 'cdc'), ALL, 9.99, 'wait'],
  // The turns.
  ['five: again, and the next', alert(), ALL, 5, 'ask 1: nurse cdc, next at 10'],
  ['ten: the leader of the place', after(1, 5, 'nurse', 'cdc'), ALL, 10, 'ask 2: nurse cdc head, next at 15'],
  [
    'fifteen: the province',
    after(2, 10, 'nurse', 'cdc', 'head'),
    ALL,
    15,
    'ask 3: nurse cdc head chief admin, next at 20',
  ],
  [
    'twenty: everybody again',
    after(3, 15, 'nurse', 'cdc', 'head', 'chief', 'admin'),
    ALL,
    20,
    'ask 3: nurse cdc head chief admin, next at 25',
  ],
  ['an hour later still', after(3, 80, 'nurse'), ALL, 85, 'ask 3: nurse cdc head chief admin, next at 90'],
  // A rung with nobody new on it is not waited for.
  ['no next: the leader at five', alert(), [NURSE, HEAD, CHIEF], 5, 'ask 2: nurse head, next at 10'],
  [
    'no next, no leader of the place: that of the province',
    alert(),
    [NURSE, CHIEF, ADMIN],
    5,
    'ask 2: nurse chief, next at 10',
  ],
  ['only an admin is left', alert(), [NURSE, ADMIN], 5, 'ask 3: nurse admin, next at 10'],
  ['nobody else in the world: again all the same', alert(), [NURSE], 5, 'ask 3: nurse, next at 10'],
  [
    'the province on duty: the next are those off shift',
    after(0, 0, 'cdc'),
    [CDC, SLEEPER, HEAD],
    5,
    'ask 1: cdc sleeper, next at 10',
  ],
  // Who came, who went, who cannot be reached.
  [
    'whoever came on duty is asked too',
    alert(),
    [NURSE, onDuty('new', PLACE), HEAD],
    5,
    'ask 1: nurse new, next at 10',
  ],
  [
    'whoever was asked and went off duty is asked again',
    alert(),
    [{ ...NURSE, shifts: [] }, CDC],
    5,
    'ask 1: nurse cdc, next at 10',
  ],
  ['whoever has no chat any more is not', alert(), [away(NURSE), CDC, HEAD], 5, 'ask 1: cdc, next at 10'],
  ['a checkpoint officer never is', alert(), [NURSE, OFFICER], 5, 'ask 3: nurse, next at 10'],
  ['another province never is', alert(), [NURSE, FAR], 5, 'ask 3: nurse, next at 10'],
  // Waiting: at once, up to whoever can be reached.
  ['not one was reached', alert({ waiting: true }), [away(NURSE), CDC], 1, 'ask 0: cdc, next at 5'],
  [
    'nobody on duty anywhere: a leader at once',
    alert({ waiting: true, asked: [] }),
    [HEAD, ADMIN],
    0,
    'ask 2: head, next at 5',
  ],
  ['only an admin at once', alert({ waiting: true, asked: [] }), [ADMIN], 0, 'ask 3: admin, next at 5'],
  ['nobody at all', alert({ waiting: true, asked: [] }), [away(ADMIN), FAR, OFFICER], 0, 'nobody, next at 5'],
  ['nobody at all, later', alert({ waiting: true, asked: [] }), [], 17, 'nobody, next at 20'],
  [
    'released with a rung behind it',
    alert({ waiting: true, rung: 2 }),
    [NURSE, CDC, HEAD],
    1,
    'ask 2: nurse cdc head, next at 5',
  ],
  // Nobody lived for a while: what was missed is made up once.
  ['down from minute 1 to 12', alert(), ALL, 12, 'ask 2: nurse cdc head, next at 15'],
  ['down for a day', alert(), ALL, 24 * 60 + 1, 'ask 3: nurse cdc head chief admin, next at 1445'],
];

const shown = (climbing: Climbing, roster: readonly Member[], minutes: number): string => {
  const climb = nextClimb(climbing, roster, FROM + minutes * MINUTE, USUAL_CLOCK);
  if (climb.is === 'silent' || climb.is === 'wait') return climb.is;
  const next = `next at ${(climb.due - FROM) / MINUTE}`;
  if (climb.is === 'nobody') return `nobody, ${next}`;
  return `ask ${climb.rung}: ${climb.members.map(({ id }) => id).join(' ')}, ${next}`;
};

describe('whom an alert that nobody has goes to', () => {
  test.each(TABLE)('%s', (_name, climbing, roster, minutes, expected) => {
    expect(shown(climbing, roster, minutes)).toBe(expected);
  });

  test('the minutes of a level are data', () => {
    const quick = { next: 1, leader: 2, province: 3, again: 1, report: 15 };
    const turns = [0, 1, 2, 3, 4, 9].map((at) => (nextDue(quick, FROM, FROM + at * MINUTE) - FROM) / MINUTE);
    expect(turns).toEqual([1, 2, 3, 4, 5, 10]);
  });
});

describe('for any alert, roster and minute', () => {
  const roster = fc.uniqueArray(
    fc.record({
      id: fc.stringMatching(/^[a-z]$/),
      role: fc.constantFrom('duty', 'investigator', 'leader', 'admin', 'officer' as const),
      area: fc.constantFrom(PLACE, '12', '12/03478', '01'),
      shifts: fc.subarray([PLACE, '12', '12/03478']),
      reachable: fc.boolean(),
    }),
    { selector: ({ id }) => id },
  );
  const climbing = fc.record({
    state: fc.constantFrom('open', 'claimed', 'called', 'closed' as const),
    area: fc.constantFrom(PLACE, '12'),
    asked: fc.subarray(['a', 'b', 'c']),
    waiting: fc.boolean(),
    from: fc.constant(FROM),
    due: fc.integer({ min: 0, max: 30 }).map((minutes) => FROM + minutes * MINUTE),
    rung: fc.integer({ min: 0, max: 3 }),
  });
  const minutes = fc.double({ min: 0, max: 3_000, noNaN: true });

  test('it asks only people who can be reached and may take it, each once, and its next turn is near', () => {
    fc.assert(
      fc.property(climbing, roster, minutes, (given, members, at) => {
        const now = FROM + at * MINUTE;
        const climb = nextClimb(given, members, now, USUAL_CLOCK);
        if (given.state !== 'open') return climb.is === 'silent';
        if (climb.is === 'wait') return now < given.due && !given.waiting;
        if (climb.is === 'silent') return false;
        const near = climb.due > now && climb.due <= now + 5 * MINUTE;
        if (climb.is === 'nobody') return near;
        const ids = climb.members.map(({ id }) => id);
        const fit = climb.members.every(({ reachable, role }) => reachable && role !== 'officer');
        return near && fit && new Set(ids).size === ids.length && climb.rung >= given.rung;
      }),
      { numRuns: 2_000 },
    );
  });

  test('with a leader or an admin of the province who can be reached it is never nobody', () => {
    fc.assert(
      fc.property(climbing, roster, minutes, (given, members, at) => {
        const all = [...members.filter(({ id }) => id !== 'z'), member('z', 'leader', '12')];
        return nextClimb(given, all, FROM + at * MINUTE, USUAL_CLOCK).is !== 'nobody';
      }),
      { numRuns: 1_000 },
    );
  });
});
