import { describe, expect, test } from '@jest/globals';
import { addSigningKey, generateKeyRing } from '../../src/security/key-ring.ts';
import { randomId } from '../../src/security/random.ts';
import { Tokens } from '../../src/security/token.ts';

const NOW = Date.UTC(2025, 6, 1, 8, 0, 0);
const HOUR = 3_600_000;
const ring = generateKeyRing();
const tokens = new Tokens(ring);
const claims = { id: randomId(), issuedAt: NOW, expiresAt: NOW + HOUR };
const token = tokens.sign(claims);

test('a token fits a QR, says what was signed, and ends when it says', () => {
  expect(token).toMatch(/^[A-Za-z0-9_-]{120}$/);
  expect(tokens.verify(token, NOW)).toEqual({ ok: true, ...claims });
  expect(tokens.verify(token, NOW + HOUR - 1)).toEqual({ ok: true, ...claims });
  expect(tokens.verify(token, NOW + HOUR)).toEqual({ ok: false, reason: 'expired', expiresAt: NOW + HOUR });
});

test('a new signing key signs, tokens of the old one are still good', () => {
  const newer = new Tokens(addSigningKey(ring));
  expect(newer.verify(token, NOW)).toMatchObject({ ok: true });
  expect(tokens.verify(newer.sign(claims), NOW)).toEqual({ ok: false, reason: 'signature' });
});

test('every single changed bit is noticed', () => {
  const bytes = Buffer.from(token, 'base64url');
  const seen = new Set<string>();
  for (let bit = 0; bit < bytes.length * 8; bit += 1) {
    const changed = Buffer.from(bytes);
    changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
    const result = tokens.verify(changed.toString('base64url'), NOW);
    seen.add(result.ok ? 'ok' : result.reason);
  }
  expect([...seen].sort()).toEqual(['malformed', 'signature']);
});

describe('what is no token', () => {
  test.each([
    ['nothing', '', 'malformed'],
    ['words', 'xin chào', 'malformed'],
    ['a shorter one', token.slice(0, -1), 'malformed'],
    ['a longer one', `${token}A`, 'malformed'],
    ['a line more', `${token}\n`, 'malformed'],
    ['another alphabet', `+${token.slice(1)}`, 'malformed'],
    ['one of another ring', new Tokens(generateKeyRing()).sign(claims), 'signature'],
  ])('%s', (_name, text, reason) => {
    expect(tokens.verify(text, NOW)).toEqual({ ok: false, reason });
  });
});

test.each(['', 'ABC', `${randomId()}A`, 'K7QP-2M9X-4TH'])('"%s" is no random id: it is not signed', (id) => {
  expect(() => tokens.sign({ ...claims, id })).toThrow(RangeError);
});
