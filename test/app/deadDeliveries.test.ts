import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { deliveryRow } from '../../src/delivery/outboxRow.ts';
import { startTestApp, type TestApp } from '../harness/app.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.end());

const metric = async (lane: string): Promise<string | undefined> => {
  const text = await (await fetch(`${app.url}/metrics`)).text();
  return new RegExp(`^khaibao_deliveries_dead\\{lane="${lane}"\\} (\\S+)$`, 'm').exec(text)?.[1];
};

test('messages that did not arrive are counted by lane, and those that did are not; not anew at each look', async () => {
  const row = (about: string, more: object) => ({
    ...deliveryRow(app.store.sealer, {
      purpose: 'alertNews',
      about,
      rev: 1,
      chat: 'nobody',
      staff: 'nobody',
      at: Date.now(),
      notes: [],
    }),
    ...more,
  });
  const campaign = { lane: 'campaign' } as const;
  await app.store.database.collections.deliveries.insertMany([
    row('a', { state: 'failed' }),
    row('b', { state: 'held' }),
    row('c', { state: 'sent' }),
    row('d', { ...campaign, state: 'unknown' }),
    row('e', { ...campaign, state: 'expired' }),
    row('f', { ...campaign, state: 'failed' }),
    row('g', { ...campaign, state: 'suppressed' }),
  ]);
  expect(await Promise.all(['alert', 'reply', 'campaign'].map(metric))).toEqual(['2', '0', '3']);
  await app.store.database.collections.deliveries.insertOne(row('h', { state: 'failed' }));
  expect(await metric('alert')).toBe('2');
});
