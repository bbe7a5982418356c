import { randomBytes } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import {
  groupInvitation,
  isInvitation,
  newInvitation,
  newStaffId,
  parseInvitation,
  recentTries,
} from '../../src/domain/rosterCode.ts';

const bytes =
  (...values: readonly number[]) =>
  () =>
    Uint8Array.from(values);

describe('invitation codes', () => {
  test('are made of characters that can be read aloud', () => {
    expect(newInvitation(bytes(7, 19, 3, 20, 9, 22, 27, 26))).toBe('NV7K3M9PVT');
    expect(groupInvitation('NV7K3M9PVT')).toBe('NV-7K3M-9PVT');
  });

  test('every one that is made is understood', () => {
    for (let n = 0; n < 500; n += 1) {
      const code = newInvitation(randomBytes);
      expect(parseInvitation(groupInvitation(code))).toEqual({ ok: true, value: code });
      expect(isInvitation(groupInvitation(code))).toBe(true);
    }
  });

  test.each(['NV-7K3M-9PVT', 'nv 7k3m 9pvt', 'NV7K3M9PVT', '7K3M-9PVT', 'NV–7K3M–9PVT', '  nv-7k3m-9pvt. '])(
    '%s is read',
    (raw) => {
      expect(parseInvitation(raw)).toEqual({ ok: true, value: 'NV7K3M9PVT' });
    },
  );

  test('what the eye confuses is forgiven', () => {
    expect(parseInvitation('NV-OIL0-1111')).toEqual({ ok: true, value: 'NV01101111' });
  });

  test.each(['', 'NV', 'NV-7K3M-9PV', 'NV-7K3M-9PVTX', 'NV-7K3M-9PU*', 'xin chào', '7K3M-9QXT-2BC'])(
    '%j is refused',
    (raw) => {
      expect(parseInvitation(raw).ok).toBe(false);
    },
  );

  test.each(['7K3M-9PVT', '12345678', 'NVIDIA là gì', 'nv xin nghỉ', '7K3M-9QXT-2BC'])(
    '%s by itself opens nothing',
    (raw) => {
      expect(isInvitation(raw)).toBe(false);
    },
  );

  test('staff ids are eight such characters', () => {
    expect(newStaffId(randomBytes)).toMatch(/^[0-9A-HJKMNP-TV-Z]{8}$/);
  });
});

test('wrong tries count for an hour', () => {
  const now = 10_000_000;
  expect(recentTries([now - 3_600_000, now - 3_599_999, now], now)).toEqual([now - 3_599_999, now]);
});
