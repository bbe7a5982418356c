/** An alert whose owner has called is in hand as before: whatever was true of a claimed one is true of it. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { climbHeld } from '../../../src/services/alerts/held.ts';
import { alertFigures } from '../../../src/services/alerts/inbox.ts';
import { onLost } from '../../../src/services/alerts/lost.ts';
import { NOW } from '../../harness/talk.ts';
import { Office, SIN_HO, type Worker } from './office.ts';

const HOUR = 3_600_000;

let office: Office;
beforeAll(async () => {
  office = await Office.open();
});
beforeEach(() => office.begin());
afterAll(() => office.close());

const act = (who: Worker, id: string, does: string) => office.call(who, 'alertAct', { id, do: does });
const alertDoc = (id: string) => office.collections.alerts.findOne({ _id: id });
const closing = (who: Worker, id: string, outcome: string) =>
  office.call(who, 'closeAlert', { id, outcome, note: 'đã gọi' });
const look = (hours: number): Promise<number> => {
  office.now = NOW + hours * HOUR;
  return climbHeld(office.parts, (effects) => office.write(effects), office.now);
};

/** A nurse who has called about an alert; the leader of the place. */
const begun = async () => {
  const nurse = await office.worker();
  const head = await office.worker({ name: 'Vàng A Páo', role: 'leader', onDuty: false });
  const subject = office.subject();
  const id = await office.alert(subject);
  await act(nurse, id, 'claim');
  await act(nurse, id, 'call');
  return { nurse, head, id, subject };
};
type Begun = Awaited<ReturnType<typeof begun>>;
/** The nurse and the leader were told that it stands still. */
const slow = async ({ head, id }: Begun): Promise<void> => {
  for (const hours of [0, 4, 6]) await look(hours);
  expect((await alertDoc(id))?.stalled?.told).toEqual([head.id]);
};

test('the press brings it there; a second call moves the clock', async () => {
  const { nurse, id } = await begun();
  expect(await alertDoc(id)).toMatchObject({ state: 'called', owner: nurse.id });
  await look(0);
  expect((await alertDoc(id))?.climbAt).toEqual(new Date(NOW + 4 * HOUR));
  await look(3);
  await act(nurse, id, 'call');
  await look(3);
  const doc = await alertDoc(id);
  expect(doc?.climbAt).toEqual(new Date(NOW + 7 * HOUR));
  expect(doc?.history.filter(({ what }) => what === 'called')).toHaveLength(2);
});

type Step = readonly [
  string,
  (given: Begun) => Promise<unknown>,
  state: string,
  owner: 'nurse' | 'head' | 'none',
];

const STEPS: readonly Step[] = [
  ['closed', ({ nurse, id }) => closing(nurse, id, 'cleared'), 'closed', 'nurse'],
  ['nobody was reached after all', ({ nurse, id }) => closing(nurse, id, 'unreachable'), 'open', 'none'],
  ['given back', ({ nurse, id }) => act(nurse, id, 'release'), 'open', 'none'],
  [
    'the shift is handed over',
    ({ nurse, head }) => office.call(nurse, 'handOver', { to: head.id }),
    'open',
    'none',
  ],
  [
    'the shift is taken over: whoever does has not called',
    ({ nurse, head }) => office.call(head, 'takeOver', { from: nurse.id }),
    'claimed',
    'head',
  ],
  ['its owner has no chat any more', ({ nurse }) => office.call(nurse, 'unlinkStaff'), 'open', 'none'],
  [
    'closed, and opened again: to be called about once more',
    async ({ nurse, head, id }) => {
      await closing(nurse, id, 'cleared');
      await act(head, id, 'reopen');
    },
    'claimed',
    'head',
  ],
  [
    'it stands still, and the leader steps in',
    async (given) => {
      await slow(given);
      await act(given.head, given.id, 'stepIn');
    },
    'claimed',
    'head',
  ],
  [
    'it stands still, and the leader sends it out again',
    async (given) => {
      await slow(given);
      await act(given.head, given.id, 'release');
    },
    'open',
    'none',
  ],
  [
    'graver: to be called about once more',
    ({ subject }) => office.alert({ ...subject, level: 'critical' }),
    'claimed',
    'nurse',
  ],
  [
    'graver, and at another place',
    ({ subject }) => office.alert({ ...subject, level: 'critical', area: SIN_HO }),
    'claimed',
    'nurse',
  ],
  [
    'at another place, and nothing else',
    ({ subject }) => office.alert({ ...subject, area: SIN_HO }),
    'called',
    'nurse',
  ],
  ['declared again', ({ subject }) => office.alert(subject), 'called', 'nurse'],
];

test.each(STEPS)('called, then %s', async (_name, step, state, owner) => {
  const given = await begun();
  await step(given);
  const doc = await alertDoc(given.id);
  expect([doc?.state, doc?.owner]).toEqual([state, owner === 'none' ? undefined : given[owner].id]);
});

describe('somebody has it', () => {
  test('it is in their list as called, counted as such, and nobody else’s', async () => {
    const given = await begun();
    const { nurse, head, id } = given;
    const list = async (one: Worker) => (await office.call(one, 'inbox')).alerts;
    expect(await list(nurse)).toEqual([expect.objectContaining({ id, mine: true, called: true })]);
    expect(await list(head)).toEqual([]);
    const { open, claimed, called } = await alertFigures(office.parts);
    expect([open, claimed, called]).toEqual([0, 0, 1]);
    await slow(given);
    expect(await list(head)).toEqual([expect.objectContaining({ id, mine: false, stalled: true })]);
  });

  test('what may be done about it, and what others read', async () => {
    const { nurse, head, id } = await begun();
    const shown = async (one: Worker) => JSON.stringify(await act(one, id, 'show'));
    expect(await shown(nurse)).toMatch(/alert\.yours\.called.*alert\.do\.call.*alert\.do\.close/);
    expect(await shown(head)).toMatch(/alert\.owner\.called/);
    expect(await shown(head)).not.toMatch(/alert\.do\./);
  });

  test('the same person declares once more: no second alert', async () => {
    const { subject } = await begun();
    await office.alert(office.subject({ person: subject.person }));
    expect(await office.collections.alerts.countDocuments()).toBe(1);
  });

  test('a reminder that reaches nobody goes up at once', async () => {
    const { head, id } = await begun();
    for (const hours of [0, 4]) await look(hours);
    const row = await office.collections.deliveries.findOne({ purpose: 'alertHeld' });
    if (row === null) throw new Error('nobody was reminded');
    await onLost(office.parts)(row);
    expect(await look(4.1)).toBe(1);
    expect((await alertDoc(id))?.stalled?.told).toEqual([head.id]);
  });
});

test('stored by an older release as claimed, it keeps its clock', async () => {
  const { id } = await begun();
  await office.collections.alerts.updateOne({ _id: id }, { $set: { state: 'claimed' } });
  await look(0);
  expect((await alertDoc(id))?.climbAt).toEqual(new Date(NOW + 4 * HOUR));
});
