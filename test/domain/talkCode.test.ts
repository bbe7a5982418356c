import { randomBytes } from 'node:crypto';
import { expect, test } from '@jest/globals';
import { isInvitation } from '../../src/domain/rosterCode.ts';
import {
  groupTalkCode,
  isTalkCode,
  newTalkCode,
  parseTalkCode,
  partsOfTalkCode,
} from '../../src/domain/talkCode.ts';

test('every code that is made is understood, and is no other code', () => {
  for (let n = 0; n < 500; n += 1) {
    const code = newTalkCode(randomBytes);
    expect(parseTalkCode(groupTalkCode(code))).toEqual({ ok: true, value: code });
    expect([isTalkCode(groupTalkCode(code)), isInvitation(groupTalkCode(code))]).toEqual([true, false]);
  }
});

test('the first half names the offer, the second half is the secret', () => {
  expect(groupTalkCode('KN7K3M9QXT')).toBe('KN-7K3M-9QXT');
  expect(partsOfTalkCode('KN7K3M9QXT')).toEqual({ offer: '7K3M', secret: '9QXT' });
});

test.each(['KN-7K3M-9QXT', 'kn 7k3m 9qxt', '7K3M9QXT', ' KN–7k3m–9qxt. ', 'KN\u200b7K3M9QXT'])(
  '%j is read',
  (raw) => {
    expect(parseTalkCode(raw)).toEqual({ ok: true, value: 'KN7K3M9QXT' });
  },
);

test.each(['', 'KN', 'KN-7K3M-9QX', 'KN-7K3M-9QXTT', 'NV-7K3M-9QXT', 'KN-7K3M-9QU*', 'kết nối'])(
  '%j is refused',
  (raw) => {
    expect(parseTalkCode(raw)).toEqual({ ok: false, problem: { key: 'problem.talkCode' } });
  },
);

test.each(['7K3M-9QXT', '12345678', 'KN là gì', '7K3M-9QXT-2BC'])('%j by itself opens nothing', (raw) => {
  expect(isTalkCode(raw)).toBe(false);
});
