import { randomBytes } from 'node:crypto';
import { expect, test } from '@jest/globals';
import { idsMeant, shortIds } from '../../src/domain/shortIds.ts';

const ids = Array.from({ length: 500 }, () => randomBytes(16).toString('base64url'));

test('every id has a name of its own that can be typed at a command, and is found by it', () => {
  const names = shortIds(ids);
  expect(new Set(names.values()).size).toBe(ids.length);
  for (const [id, name] of names) {
    expect(name).toMatch(/^[0-9A-HJKMNP-TV-Z]{8}$/);
    expect(idsMeant(ids, name)).toEqual([id]);
  }
});

test('names grow together until no two are alike', () => {
  const alike = ['abcdefghX1', 'abcdefghX2', 'zzzzzzzzzz'];
  expect([...shortIds(alike).values()].map((name) => name.length)).toEqual([10, 10, 10]);
  expect(new Set(shortIds(alike).values()).size).toBe(3);
  expect(idsMeant(alike, shortIds([alike[0] ?? '']).get('abcdefghX1') ?? '')).toEqual(alike.slice(0, 2));
});

test('nothing to name', () => {
  expect(shortIds([]).size).toBe(0);
  expect(idsMeant([], 'ABCD')).toEqual([]);
});

test.each([
  ['in small letters', (name: string) => name.toLowerCase()],
  ['grouped', (name: string) => `${name.slice(0, 4)}-${name.slice(4)}`],
  ['with spaces around it', (name: string) => ` ${name} `],
  ['its beginning', (name: string) => name.slice(0, 6)],
])('a name is understood %s', (_how, written) => {
  const [id = ''] = ids;
  const others = ids.slice(0, 20);
  expect(idsMeant(others, written(shortIds(others).get(id) ?? ''))).toEqual([id]);
});

test.each(['', 'ABC', '-', 'no such'])('%j means nothing: too short, or none of them', (typed) => {
  expect(idsMeant(['ABCDEFGH'], typed)).toEqual([]);
});
