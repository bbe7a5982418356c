import { expect, test } from '@jest/globals';
import pino from 'pino';
import { createUnbelieved } from '../../../bots/botframework/unbelieved.ts';

test('posts nobody believes are one warning a minute, with their number', () => {
  let now = 1_000_000;
  const lines: { level: number; code: string; count: number }[] = [];
  const log = pino({ level: 'debug' }, { write: (line: string) => void lines.push(JSON.parse(line)) });
  const unbelieved = createUnbelieved(log, () => now);
  const warnings = () => lines.filter(({ level }) => level === 40).map(({ code, count }) => [code, count]);
  for (let n = 0; n < 500; n += 1) {
    unbelieved('no-token');
    now += 100;
  }
  expect(warnings()).toEqual([['no-token', 1]]);
  now += 10_000;
  unbelieved('wrong-issuer');
  expect(warnings()).toEqual([
    ['no-token', 1],
    ['wrong-issuer', 500],
  ]);
  expect(lines.length).toBe(501);
});
