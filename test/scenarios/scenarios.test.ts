import { writeFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { replay, scenarios } from '../harness/golden.ts';

/** What fits on one screen of a cheap phone, choices included. */
const ONE_SCREEN = 640;

describe.each(scenarios.map((scenario) => [scenario.name, scenario] as const))('%s', (_name, scenario) => {
  const played = replay(scenario);

  test('is answered as it was written down', () => {
    if (process.env.UPDATE_GOLDEN === '1') writeFileSync(scenario.file, played.text);
    else expect(played.text).toBe(scenario.golden);
  });

  test('fits the screen, and leaves no hole in a sentence', () => {
    expect(played.messages.length).toBeGreaterThan(0);
    for (const message of played.messages) {
      expect(message.length).toBeLessThanOrEqual(ONE_SCREEN);
      expect(message).not.toMatch(/[{}]|undefined|\[object/);
    }
  });

  test('takes no more turns than it may', () => {
    const most = Number(scenario.header.turns ?? Number.POSITIVE_INFINITY);
    expect(played.turns).toBeLessThanOrEqual(most);
  });
});
