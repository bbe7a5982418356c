/** What somebody who listened in can do with what they heard: nothing that was not done already. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { TestApp } from '../harness/app.ts';
import { until } from '../services/converse/toy.ts';
import type { Recorded } from './contract.ts';
import { CHANNELS, type Platforms, startPlatforms } from './platforms.ts';

let platforms: Platforms;
let app: TestApp;
const recorded = new Map<string, Recorded>();
beforeAll(async () => {
  platforms = await startPlatforms();
  app = platforms.app;
  for (const name of CHANNELS) recorded.set(name, await platforms.platform(name).record(app));
});
afterAll(async () => {
  for (const { phone } of recorded.values()) phone.close();
  await app.end();
  await platforms.end();
});

const overheard = (name: string): Recorded => {
  const found = recorded.get(name);
  if (found === undefined) throw new Error(`${name} was not recorded`);
  return found;
};

/** The recorded text, posted word for word with the credentials that were good when it was recorded. */
const replay = async (name: string): Promise<number> => {
  const { path, good } = overheard(name);
  const { headers = {}, body } = good[0]?.request ?? {};
  const given = Object.entries(headers).filter((each): each is [string, string] => each[1] !== undefined);
  const post = {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...Object.fromEntries(given) },
    body: JSON.stringify(body),
  };
  return (await fetch(app.url + path, post)).status;
};

const updates = async (channel: string, outcome?: string): Promise<number> => {
  const lines = (await (await fetch(`${app.url}/metrics`)).text()).split('\n');
  return lines
    .filter((line) => line.startsWith('khaibao_updates_total') && line.includes(`channel="${channel}"`))
    .filter((line) => outcome === undefined || line.includes(`outcome="${outcome}"`))
    .reduce((sum, line) => sum + Number(line.split(' ').at(-1)), 0);
};

describe.each(CHANNELS)('%s', (name) => {
  test('a post that is replayed word for word is applied once, also when it comes three times at once', async () => {
    const [before, again] = [await updates(name), await updates(name, 'again')];
    const first = await replay(name);
    expect(first).toBeLessThan(300);
    const statuses = await Promise.all([replay(name), replay(name), replay(name)]);
    expect(statuses).toEqual([first, first, first]);
    await until(async () => (await updates(name)) >= before + 4);
    expect([(await updates(name)) - before, (await updates(name, 'again')) - again]).toEqual([4, 3]);
  });
});

test('credentials that were good before the start are refused after it, where they end with it or were changed', async () => {
  app = await app.again({ TELEGRAM_WEBHOOK_SECRET: 'another-secret_of-the-tests-9876543210' });
  expect(await replay('terminal')).toBe(401);
  expect(await replay('telegram')).toBe(401);
  // Those that last are still good for the same person, and what they brought is still applied once.
  for (const name of ['web', 'botframework']) {
    expect(await replay(name)).toBeLessThan(300);
    await until(async () => (await updates(name)) >= 1);
    expect([name, await updates(name), await updates(name, 'again')]).toEqual([name, 1, 1]);
  }
});

test('a token of Bot Framework is refused after its end, to another bot, and for another service', () => {
  const refused = overheard('botframework').bad.map(({ title }) => title);
  for (const title of [
    'a token that ended six minutes ago',
    'a token for another bot',
    'a token of another service',
  ])
    expect(refused).toContain(title);
});
