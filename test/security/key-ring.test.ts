import { describe, expect, test } from '@jest/globals';
import { addKek, addSigningKey, generateKeyRing, parseKeyRing } from '../../src/security/key-ring.ts';

const ring = generateKeyRing();
const withKeys = (change: object): string => JSON.stringify({ ...ring, ...change });

test('what is generated is read back, as JSON and as base64 of it', () => {
  const text = JSON.stringify(ring);
  expect(parseKeyRing(`\n${text}\n`)).toEqual(ring);
  expect(parseKeyRing(Buffer.from(text).toString('base64'))).toEqual(ring);
  expect(generateKeyRing().index).not.toBe(ring.index);
});

test('a new key stands last, the old ones stay, and no id comes twice', () => {
  const renamed = { ...ring, keks: [{ id: 'k2', key: ring.index.replace(/^./, 'A') }] };
  expect(addKek(ring).keks.map((kek) => kek.id)).toEqual(['k1', 'k2']);
  expect(addKek(renamed).keks.map((kek) => kek.id)).toEqual(['k2', 'k3']);
  expect(addSigningKey(ring).signing.map((key) => key.id)).toEqual([1, 2]);
  expect(addKek(addSigningKey(ring)).index).toBe(ring.index);
  expect(parseKeyRing(JSON.stringify(addKek(addSigningKey(ring)))).keks).toHaveLength(2);
});

describe('what cannot be used is said in a sentence that gives no secret away', () => {
  test.each([
    ['nothing', '', 'neither JSON nor base64'],
    ['broken JSON', withKeys({}).slice(0, -1), 'neither JSON nor base64'],
    ['another version', withKeys({ v: 2 }), 'v:'],
    ['no index key', withKeys({ index: undefined }), 'index:'],
    ['a short key', withKeys({ index: 'c2hvcnQ' }), 'index: must be 32 bytes'],
    ['no key-encryption key', withKeys({ keks: [] }), 'keks: needs at least one'],
    ['an id twice', withKeys({ keks: [...ring.keks, { id: 'k1', key: ring.index }] }), 'same id twice'],
    ['one secret for two purposes', withKeys({ index: ring.keks[0]?.key }), 'two purposes'],
    ['an unknown entry', withKeys({ extra: 1 }), 'extra'],
  ])('%s', (_name, text, sentence) => {
    expect(() => parseKeyRing(text)).toThrow(sentence);
    expect(() => parseKeyRing(text)).not.toThrow(ring.signing[0]?.seed ?? 'a seed');
    expect(() => parseKeyRing(text)).not.toThrow(ring.index);
  });
});
