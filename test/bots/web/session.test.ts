import { randomBytes } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { fromOwnPage } from '../../../bots/web/origin.ts';
import { createSessions } from '../../../bots/web/session.ts';
import { limitKey } from '../../../web/limit.ts';

const key = randomBytes(32);
const sessions = createSessions({ keys: [key], secure: false });

describe('a session', () => {
  test('is known again by its cookie, and by no other', () => {
    const one = sessions.issue();
    expect(sessions.read(`a=b; khaibao=${one.cookie}; c=d`)).toEqual(one);
    expect(sessions.issue().address).not.toBe(one.address);
    expect(one.cookie).not.toContain(one.address);
  });

  test('lives 90 days, hidden from scripts and from other sites', () => {
    const one = sessions.issue();
    expect(sessions.header(one)).toBe(
      `khaibao=${one.cookie}; Path=/; Max-Age=7776000; HttpOnly; SameSite=Lax`,
    );
    const safe = createSessions({ keys: [key], secure: true });
    expect(safe.header(one)).toMatch(/^__Host-khaibao=.*; HttpOnly; SameSite=Lax; Secure$/);
    expect(safe.read(`khaibao=${one.cookie}`)).toBeUndefined();
    expect(safe.read(`__Host-khaibao=${one.cookie}`)).toEqual(one);
  });

  const forged = (change: (cookie: string) => string) => `khaibao=${change(sessions.issue().cookie)}`;
  const swap = (cookie: string, at: number) =>
    cookie.slice(0, at) + (cookie[at] === 'A' ? 'B' : 'A') + cookie.slice(at + 1);

  test.each([
    ['no cookie', undefined],
    ['an empty one', 'khaibao='],
    ['an id without signature', forged((cookie) => cookie.slice(0, 32))],
    ['another id', forged((cookie) => swap(cookie, 0))],
    ['another signature', forged((cookie) => swap(cookie, 40))],
    [
      'one of a stranger',
      `khaibao=${createSessions({ keys: [randomBytes(32)], secure: false }).issue().cookie}`,
    ],
    ['one under another name', `xkhaibao=${sessions.issue().cookie}`],
    ['an operator', 'khaibao[$ne]=x'],
  ])('is not made from %s', (_name, cookies) => {
    expect(sessions.read(cookies)).toBeUndefined();
  });

  test('survives a new key as long as the old one is listed', () => {
    const one = sessions.issue();
    const cookies = `khaibao=${one.cookie}`;
    const fresh = randomBytes(32);
    expect(createSessions({ keys: [fresh, key], secure: false }).read(cookies)).toEqual(one);
    expect(createSessions({ keys: [fresh], secure: false }).read(cookies)).toBeUndefined();
  });
});

describe('a post from our own page', () => {
  const publicUrl = 'https://khaibao.example';
  const host = 'khaibao.example';
  test.each([
    ['says so itself', { host, 'sec-fetch-site': 'same-origin', origin: publicUrl }, true],
    ['says nothing: an old browser', { host }, true],
    ['names our origin', { host, origin: publicUrl }, true],
    ['came through a proxy that renamed us', { host: '10.0.0.1:3000', origin: publicUrl }, true],
    ['was opened on another name of ours', { host: '127.0.0.1:3000', origin: 'http://127.0.0.1:3000' }, true],
    ['is from another site', { host, 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' }, false],
    ['is from a neighbour', { host, 'sec-fetch-site': 'same-site', origin: 'https://a.example' }, false],
    ['names another origin', { host, origin: 'https://evil.example' }, false],
    ['names none', { host, origin: 'null' }, false],
    ['names our host as a part', { host, origin: 'https://khaibao.example.evil.example' }, false],
  ])('%s', (_name, headers, own) => {
    expect(fromOwnPage(headers as Record<string, string>, publicUrl)).toBe(own);
  });
});

test.each([
  ['1.2.3.4', '1.2.3.4'],
  ['::ffff:1.2.3.4', '1.2.3.4'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2'],
  ['2001:db8:1:2::9', '2001:db8:1:2'],
  ['2001:db8::1', '2001:db8:0:0'],
  ['::1', '0:0:0:0'],
  [undefined, 'unknown'],
])('limits count %s as %s', (ip, expected) => {
  expect(limitKey(ip)).toBe(expected);
});
