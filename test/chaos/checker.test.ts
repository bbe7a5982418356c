/** A checker that overlooks something proves nothing: each fault is made by hand here, and must be counted. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { sealContext } from '../../src/security/sealer.ts';
import { packSeen, unpackSeen } from '../../src/store/seen.ts';
import { startTestApp, type TestApp } from '../harness/app.ts';
import { linkStaff, takeStraightPath } from '../harness/chaos/before.ts';
import { openPhones } from '../harness/chaos/cast.ts';
import { type Told, toldBy } from '../harness/chaos/check-alerts.ts';
import { chatOf } from '../harness/chaos/check-updates.ts';
import { check, type Evidence, type Person } from '../harness/chaos/checker.ts';
import { sessionsOf } from '../harness/chaos/city.ts';
import type { Message, Phone } from '../harness/chaos/phone.ts';
import { randomOf } from '../harness/chaos/random.ts';
import { settled } from '../harness/chaos/settle.ts';
import { createTally } from '../harness/chaos/tally.ts';
import { type FakeApi, startFakeApi } from '../harness/chaos/telegram.ts';
import { PATIENCE } from '../harness/patience.ts';

const COPY = 'copy';
const SECRET = 'made-up-for-tests-only';

let app: TestApp;
let api: FakeApi;
let evidence: Evidence;
/** Sick, on Telegram. */
let person: Person;

beforeAll(async () => {
  api = await startFakeApi(randomOf(1, 'telegram'));
  app = await startTestApp({
    TELEGRAM_API_ROOT: `http://127.0.0.1:${api.port}`,
    TELEGRAM_BOT_TOKEN: '123456789:AAmadeUpForTestsOnly_0123456789-abc',
    TELEGRAM_WEBHOOK_SECRET: SECRET,
    TRUST_PROXY: '1',
  });
  const { store, url } = app;
  const doors = { url, each: [url] };
  const city = { api, web: doors, hook: { doors, secret: SECRET }, sessionsOf };
  const { phoneOf, aside } = openPhones({ city, store, seed: 1, tally: createTally() });
  const staff = await linkStaff(store, phoneOf);
  const { people, straightOf } = await takeStraightPath(store, phoneOf);
  await aside();
  await settled(store, Date.now() + PATIENCE); // the staff have heard of the last alert, too
  const told = staff.map(({ ledger }) => toldBy(store, api, ledger));
  evidence = { store, people, staff: told, straightOf };
  const found = people.find(({ citizen, phone }) => citizen.sick && phone.ledger.channel === 'telegram');
  if (found === undefined) throw new Error('nobody is sick');
  person = found;
});
afterAll(async () => {
  await app.end();
  await api.close();
});

const chat = (): string => chatOf(app.store, person.phone.ledger);

/** The person's chat with its memory of deliveries changed, until the given work has been done. */
const withSeen = async <T>(change: (seen: string[]) => string[], work: () => Promise<T>): Promise<T> => {
  const { conversations } = app.store.database.collections;
  const doc = await conversations.findOne({ _id: chat() });
  const seen = [...unpackSeen(doc?.seen ?? Buffer.alloc(0))];
  const put = (keys: readonly string[]) =>
    conversations.updateOne({ _id: chat() }, { $set: { seen: packSeen(keys) } });
  await put(change([...seen]));
  return work().finally(() => put(seen));
};

/** The same evidence, with another phone in the person's hand. */
const withPhone = (change: Partial<Phone>): Evidence => ({
  ...evidence,
  people: evidence.people.map((each) =>
    each === person ? { ...person, phone: { ...person.phone, ...change } } : each,
  ),
});

/** The same staff, who were sent something else. */
const hearingOf = (change: (heard: Told['heard']) => Told['heard']): Evidence['staff'] =>
  evidence.staff.map(({ chat: id, heard }) => ({ chat: id, heard: change(heard) }));

const hearing = (change: (heard: readonly Message[]) => readonly Message[]): Evidence =>
  withPhone({ heard: async () => change(await person.phone.heard()) });

/** One more document like one that is there, until the work has been done; what is sealed is sealed to its id. */
const withCopy = async <T>(
  name: 'declarations' | 'alerts' | 'feedback',
  change: object,
  work: () => Promise<T>,
): Promise<T> => {
  const { sealer, database } = app.store;
  const collection = database.connection.collection<{ _id: string; sealed: Buffer; codeIndex: string }>(name);
  const doc = await collection.findOne({
    $or: [{ declaredBy: chat() }, { chat: chat() }, { level: 'high' }],
  });
  if (doc === null) throw new Error(`there are no ${name}`);
  const body = await sealer.open(sealContext(name, 'sealed', doc._id), doc.sealed);
  const sealed = sealer.seal(sealContext(name, 'sealed', COPY), body);
  await collection.insertOne({ ...doc, _id: COPY, sealed, codeIndex: COPY, ...change });
  return work().finally(() => collection.deleteOne({ _id: COPY }));
};

/** Every telling of an alert meant once more, as when nobody takes it. */
const withClimbs = async <T>(work: () => Promise<T>): Promise<T> => {
  const { deliveries } = app.store.database.collections;
  const told = await deliveries.find({ purpose: 'alert' }).toArray();
  await deliveries.insertMany(told.map((row) => ({ ...row, _id: `${row._id}:${COPY}` })));
  return work().finally(() => deliveries.deleteMany({ _id: { $regex: `:${COPY}$` } }));
};

/** A message whose notes were sent before its question. */
const inTwo = (message: Message): readonly Message[] => {
  const at = message.text.indexOf('\n');
  if (at === -1) return [message];
  const [notes, rest] = [message.text.slice(0, at), message.text.slice(at).trimStart()];
  return [
    { text: notes, key: `${message.key} notes` },
    { text: rest, key: message.key },
  ];
};
const firstHalf = (heard: readonly Message[]): readonly Message[] => {
  const at = heard.findIndex(({ text }) => text.includes('\n'));
  return heard.flatMap((message, n) => (n === at ? inTwo(message).slice(0, 1) : [message]));
};

const NOTHING = {
  lost: 0,
  doubled: 0,
  reordered: 0,
  repliesTwice: 0,
  alertsMissing: 0,
  alertsDoubled: 0,
};

const swapped = (keys: string[]): string[] => [...keys.slice(0, -2), ...keys.slice(-2).reverse()];
const look = () => check(evidence);

test.each<[string, Partial<typeof NOTHING>, () => ReturnType<typeof check>]>([
  ['nothing', {}, look],
  ['the last update lost', { lost: 1 }, () => withSeen((keys) => keys.slice(0, -1), look)],
  ['an update applied twice', { doubled: 1 }, () => withSeen((keys) => [...keys, ...keys.slice(0, 1)], look)],
  ['two updates in the wrong order', { reordered: 1 }, () => withSeen(swapped, look)],
  ['the last reply lost', { lost: 1 }, () => check(hearing((heard) => heard.slice(0, -1)))],
  [
    'a question never asked',
    { lost: 1 },
    () => check(hearing((heard) => heard.filter(({ text }) => !text.includes('Ngày sinh?')))),
  ],
  ['a reply in two messages', {}, () => check(hearing((heard) => heard.flatMap(inTwo)))],
  ['half of a reply', { lost: 1 }, () => check(hearing((heard) => firstHalf(heard)))],
  ['a reply twice', { repliesTwice: 1 }, () => check(hearing((heard) => [...heard, ...heard.slice(0, 1)]))],
  [
    'an old button that says nothing',
    { lost: 1 },
    () => check(withPhone({ ledger: { ...person.phone.ledger, oldPresses: 1 } })),
  ],
  [
    'a declaration twice, without its alert',
    { doubled: 1, alertsMissing: 1 },
    () => withCopy('declarations', {}, look),
  ],
  ['a declaration of nobody', { doubled: 1 }, () => withCopy('declarations', { declaredBy: 'x' }, look)],
  ['a note twice', { doubled: 1 }, () => withCopy('feedback', {}, look)],
  ['an alert about nothing', { alertsDoubled: 1 }, () => withCopy('alerts', { subject: 'x' }, look)],
  [
    'an alert nobody heard of',
    { alertsMissing: 4 },
    () => check({ ...evidence, staff: hearingOf(() => []) }),
  ],
  [
    'an alert told twice',
    { alertsDoubled: 4 },
    () => check({ ...evidence, staff: hearingOf((heard) => [...heard, ...heard]) }),
  ],
  [
    'an alert told twice, as its second copy says',
    {},
    () =>
      check({
        ...evidence,
        staff: hearingOf((heard) => [
          ...heard,
          ...heard.map((each) => ({ ...each, text: `Tin gửi lại, có thể anh/chị đã nhận. ${each.text}` })),
        ]),
      }),
  ],
  [
    'an alert that nobody took, told again by the clock',
    {},
    () => withClimbs(() => check({ ...evidence, staff: hearingOf((heard) => [...heard, ...heard]) })),
  ],
])('the checker counts: %s', async (_, wrong, looked) => {
  expect(await looked()).toMatchObject({ ...NOTHING, ...wrong });
});
