import { describe, expect, test } from '@jest/globals';
import {
  addressees,
  covers,
  handlesAlerts,
  ladder,
  type Member,
  ROLES,
  type Role,
} from '../../src/domain/roster.ts';

const THAN_UYEN = '12/03595';
const SIN_HO = '12/03478';

const member = (id: string, role: Role, area: string, given: Partial<Member> = {}): Member => ({
  id,
  role,
  area,
  shifts: [],
  reachable: true,
  ...given,
});

const onDuty = (id: string, area: string, role: Role = 'duty'): Member =>
  member(id, role, area, { shifts: [area] });

type Row = readonly [string, readonly Member[], string, readonly string[]];

const TABLE: readonly Row[] = [
  [
    'on duty in the commune',
    [onDuty('a', THAN_UYEN), onDuty('b', '12'), onDuty('c', SIN_HO)],
    'commune',
    ['a'],
  ],
  ['two on duty in the commune', [onDuty('a', THAN_UYEN), onDuty('b', THAN_UYEN)], 'commune', ['a', 'b']],
  ['nobody in the commune: the province', [onDuty('b', '12'), onDuty('c', SIN_HO)], 'province', ['b']],
  [
    'nobody in the province: every duty member, shift or not',
    [
      member('a', 'duty', THAN_UYEN),
      onDuty('c', SIN_HO),
      member('l', 'leader', '12'),
      member('x', 'duty', '01'),
    ],
    'offShift',
    ['a', 'c'],
  ],
  [
    'somebody who stands in for another commune',
    [member('c', 'duty', SIN_HO, { shifts: [THAN_UYEN] })],
    'commune',
    ['c'],
  ],
  [
    'whoever has no chat cannot be asked',
    [{ ...onDuty('a', THAN_UYEN), reachable: false }, onDuty('b', '12')],
    'province',
    ['b'],
  ],
  [
    'a checkpoint officer gets no alerts',
    [onDuty('o', THAN_UYEN, 'officer'), onDuty('b', '12')],
    'province',
    ['b'],
  ],
  ['an investigator on duty does', [onDuty('i', THAN_UYEN, 'investigator')], 'commune', ['i']],
  ['a leader off duty does not', [member('l', 'leader', '12')], 'none', []],
  ['another province', [onDuty('x', '01')], 'none', []],
  ['nobody at all', [], 'none', []],
];

describe('addressees', () => {
  test.each(TABLE)('%s', (_name, members, reach, ids) => {
    const found = addressees(members, THAN_UYEN);
    expect({ reach: found.reach, ids: found.members.map(({ id }) => id) }).toEqual({ reach, ids });
  });

  test('a risk whose place is only the province goes to the province', () => {
    const found = addressees([onDuty('a', THAN_UYEN), onDuty('b', '12')], '12');
    expect(found).toMatchObject({ reach: 'province', members: [{ id: 'b' }] });
  });
});

describe('the leader on the ladder', () => {
  const STATION = 'Trạm y tế';
  const post = (area: string, facility?: string) => ({
    shifts: [area],
    posts: [{ area, ...(facility && { facility }) }],
  });
  const nurse = member('n', 'duty', THAN_UYEN, post(THAN_UYEN, STATION));
  const areaOnly = member('n', 'duty', THAN_UYEN, { ...post(THAN_UYEN), facility: STATION });
  const leader = (id: string, area: string, facility?: string, given: Partial<Member> = {}) =>
    member(id, 'leader', area, { ...(facility && { facility }), ...given });
  const [head, chief] = [leader('head', THAN_UYEN), leader('chief', '12')];

  test.each<readonly [string, readonly Member[], readonly string[]]>([
    ['of the facility of who is asked', [nurse, head, leader('l', THAN_UYEN, 'TRẠM Y TẾ')], ['l']],
    [
      'two of the facility',
      [nurse, head, leader('l', THAN_UYEN, STATION), leader('m', '12', STATION)],
      ['l', 'm'],
    ],
    [
      'nobody leads the facility: that of the commune',
      [nurse, head, leader('l', THAN_UYEN, 'CDC')],
      ['head', 'l'],
    ],
    ['nobody leads the commune either: that of the province', [nurse, chief], ['chief']],
    ['a shift without a facility: as ever', [areaOnly, head, leader('l', '12', STATION)], ['head']],
    [
      'one that reaches nobody is none',
      [nurse, head, leader('l', THAN_UYEN, STATION, { reachable: false })],
      ['head'],
    ],
    ['the facility of the same name elsewhere', [nurse, head, leader('l', SIN_HO, STATION)], ['head']],
    [
      'who leads it and was asked already: that of the commune as well',
      [nurse, leader('l', THAN_UYEN, STATION, post(THAN_UYEN, STATION)), head],
      ['l', 'head'],
    ],
    [
      'on duty for the province, at a facility of theirs',
      [member('p', 'duty', '12', post('12', 'CDC')), head, leader('l', '12', 'CDC')],
      ['l'],
    ],
    [
      'on duty elsewhere: nobody is asked there',
      [member('x', 'duty', SIN_HO, post(SIN_HO, STATION)), head, leader('l', '12', STATION)],
      ['head'],
    ],
  ])('%s', (_name, members, ids) => {
    expect(ladder(members, THAN_UYEN)[2]?.map(({ id }) => id)).toEqual(ids);
  });
});

describe('areas and roles', () => {
  test.each([
    ['12', '12', true],
    ['12', THAN_UYEN, true],
    [THAN_UYEN, THAN_UYEN, true],
    [THAN_UYEN, '12', false],
    [THAN_UYEN, SIN_HO, false],
    ['1', '12', false],
    ['12', '123/1', false],
  ])('%s covers %s: %s', (area, place, yes) => {
    expect(covers(area, place)).toBe(yes);
  });

  test('everybody but officers handles alerts', () => {
    expect(ROLES.filter((role) => !handlesAlerts(role))).toEqual(['officer']);
  });
});
