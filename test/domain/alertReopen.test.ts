import { expect, test } from '@jest/globals';
import type { Alert } from '../../src/domain/alert.ts';
import { mayReopen, type Present, REOPENABLE } from '../../src/domain/alertReopen.ts';

const NOW = Date.parse('2026-11-23T03:00:00+07:00');
const closed: Alert = {
  id: 'a',
  rev: 3,
  level: 'high',
  area: '12/03595',
  state: 'closed',
  owner: 'hoa',
  asked: ['hoa', 'si'],
  closed: { at: NOW, by: 'admin' },
};
const somebody: Present = { id: 'si', role: 'duty', area: '12/03595', shifts: [] };

test.each([
  ['who closed it, off duty', { id: 'admin' }, true],
  ['who had it, off duty', { id: 'hoa' }, true],
  ['somebody of the commune, off duty', {}, false],
  ['somebody on duty there', { shifts: ['12/03595'] }, true],
  ['somebody on duty for the province', { area: '12', shifts: ['12'] }, true],
  ['somebody on duty elsewhere', { shifts: ['12/03478'] }, false],
  ['the leader of the commune', { role: 'leader' }, true],
  ['a leader of the province', { role: 'leader', area: '12' }, true],
  ['a leader of another commune', { role: 'leader', area: '12/03478' }, false],
  ['an admin', { role: 'admin', area: '12' }, true],
] as const)('%s: %j may reopen it: %s', (_who, more, may) => {
  expect(mayReopen(closed, { ...somebody, ...more }, NOW + REOPENABLE)).toBe(may);
});

test('a day after it was closed nobody may, nor while it is under way', () => {
  const nurse = { ...somebody, shifts: ['12/03595'] };
  expect(mayReopen(closed, nurse, NOW + REOPENABLE + 1)).toBe(false);
  expect(mayReopen({ ...closed, state: 'claimed' }, nurse, NOW)).toBe(false);
});

test('one of which nobody knows when it was closed stays so', () => {
  const { closed: _unknown, ...old } = closed;
  expect(mayReopen(old, { ...somebody, id: 'hoa' }, NOW)).toBe(false);
});
