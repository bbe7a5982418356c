import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { AlertEntry } from '../../src/domain/alertState.ts';
import { stateAt } from '../../src/domain/report/alertTimes.ts';
import type { AlertDoc } from '../../src/store/alerts.ts';
import type { DeliveryDoc } from '../../src/store/deliveries.ts';
import { prepare } from '../../src/store/prepare.ts';
import { patiently } from '../harness/patience.ts';
import { type OpenStore, openStore } from './open-store.ts';

let store: OpenStore;
beforeAll(async () => {
  store = await openStore();
});
afterAll(() => store.close());

/** Ready for the migrations, as the version before them left it. */
const asBefore = () => store.database.collections.migrations.deleteMany({});

const HELD = new Date('9999-01-01T00:00:00Z');
const row = (_id: string, more: Partial<DeliveryDoc>): DeliveryDoc => ({
  _id,
  chat: 'c',
  lane: 'campaign',
  purpose: 'campaign',
  state: 'expired',
  readyAt: HELD,
  attempt: 0,
  ...more,
});

test('rows that ended in a pause are due by the end of their day; one that still waits in a pause is not touched', async () => {
  const { deliveries } = store.database.collections;
  const [past, future] = [new Date('2026-08-24T20:00:00Z'), new Date(Date.now() + 86_400_000)];
  await deliveries.insertMany([
    row('ended', { expiresAt: past }),
    row('stopped', { state: 'suppressed', expiresAt: future }),
    row('held', { state: 'held' }),
    row('waits', { state: 'ready', expiresAt: future }),
    row('other', { readyAt: past, expiresAt: future }),
  ]);
  await asBefore();
  const began = Date.now();
  await Promise.all([1, 2].map(() => patiently(() => prepare(store.uri))));
  const rows = await deliveries.find().toArray();
  const due = Object.fromEntries(rows.map(({ _id, readyAt }) => [_id, readyAt]));
  expect(due).toMatchObject({ ended: past, waits: HELD, other: past });
  for (const at of [due.stopped, due.held]) {
    expect(at?.getTime()).toBeGreaterThan(began - 60_000);
    expect(at?.getTime()).toBeLessThanOrEqual(Date.now() + 1_000);
  }
});

const HISTORIES = [
  ['claimed', 'opened claimed'],
  ['called', 'opened claimed called'],
  ['called', 'opened claimed called updated reminded withdrawn'],
  ['claimed', 'opened claimed called raised'],
  ['called', 'opened claimed called raised called moved'],
  ['claimed', 'opened claimed called closed reopened'],
  ['claimed', 'opened claimed called released claimed'],
  ['open', 'opened claimed called released'],
  ['closed', 'opened claimed called closed'],
] as const;

test('an alert that was called about stood as claimed; its state is that of its history', async () => {
  const { alerts } = store.database.collections;
  const at = new Date('2026-11-26T02:00:00Z');
  const docs = HISTORIES.map(([state, words], n): AlertDoc => {
    const history = words.split(' ').map((what) => ({ what: what as AlertEntry['what'], at }));
    expect([
      words,
      stateAt(
        history.map(({ what }) => ({ what, at: 0 })),
        1,
      ),
    ]).toEqual([words, state]);
    const before = state === 'called' ? 'claimed' : state;
    const rest = { subject: 's', level: 'high', area: '12', asked: [], unreached: [], waiting: false };
    const sealed = Buffer.from('x');
    return { _id: String(n), ...rest, at, freshAt: new Date(), state: before, rev: n, history, sealed };
  });
  await alerts.insertMany(docs);
  await asBefore();
  await Promise.all([1, 2].map(() => patiently(() => prepare(store.uri))));
  const after = await alerts.find().sort({ _id: 1 }).toArray();
  expect(after.map(({ state, rev }) => [state, rev])).toEqual(HISTORIES.map(([state], n) => [state, n]));
});
