import { expect, test } from '@jest/globals';
import { createBlindIndex } from '../../src/security/blind-index.ts';
import { addKek, generateKeyRing } from '../../src/security/key-ring.ts';

const ring = generateKeyRing();
const index = createBlindIndex(ring);

test('the same value is found again, also after the key-encryption keys changed', () => {
  expect(index('phone', '+84912345678')).toMatch(/^[A-Za-z0-9_-]{22}$/);
  expect(createBlindIndex(addKek(ring))('phone', '+84912345678')).toBe(index('phone', '+84912345678'));
});

test.each([
  ['another value', index('phone', '+84912345679')],
  ['another purpose', index('chat', '+84912345678')],
  ['another ring', createBlindIndex(generateKeyRing())('phone', '+84912345678')],
])('%s gives another index', (_name, other) => {
  expect(other).not.toBe(index('phone', '+84912345678'));
});
