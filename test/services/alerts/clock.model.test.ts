/**
 * Alert, shift and clock against a model: whatever staff, telephones and the person themselves do, an alert is never without an owner and
 * silent, never with an owner who does nothing and silent, and never two people's. fast-check prints the seed and the shortest story that breaks it.
 */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { climbAlerts } from '../../../src/services/alerts/climb.ts';
import { climbHeld } from '../../../src/services/alerts/held.ts';
import { onLost } from '../../../src/services/alerts/lost.ts';
import { planAlert } from '../../../src/services/alerts/plan.ts';
import { remindOfReports } from '../../../src/services/alerts/reportDue.ts';
import type { AlertSubject } from '../../../src/services/declarations/index.ts';
import type { AlertDoc } from '../../../src/store/alerts.ts';
import type { DeliveryDoc } from '../../../src/store/deliveries.ts';
import { NOW } from '../../harness/talk.ts';
import { Office, SIN_HO, THAN_UYEN, type Worker } from './office.ts';

const MINUTE = 60_000;
/** The longest nobody may be asked about an alert that is open: one turn of the clock. */
const SILENCE = 5 * MINUTE;
/** The longest nobody may be told of one whose owner does nothing: before a call, and after it. */
const HELD_SILENCE = { claimed: 30 * MINUTE, called: 240 * MINUTE };

let office: Office;
beforeAll(async () => {
  office = await Office.open();
});
afterAll(() => office.close());

interface Progress {
  readonly did: keyof typeof HELD_SILENCE;
  readonly at: number;
  /** No press of its owner: what was told of it before still stands. */
  readonly graver?: true;
  /** It came with a shift: its owner has not had the card before them. */
  readonly unseen?: true;
}
interface Model {
  readonly staff: Worker[];
  readonly alerts: Set<string>;
  /** What each is about, and where the person is now. */
  readonly subjects: Map<string, AlertSubject>;
  /** Who is known to have each alert: by whose claim went through, not by what is stored. */
  readonly owners: Map<string, string>;
  /** Those that are over, with who closed them and when. */
  readonly closed: Map<string, { readonly by: Worker; readonly at: number }>;
  /** What each owner did last, and when: the state it is in. After a call, graver news put it back to claimed. */
  readonly progress: Map<string, Progress>;
  /** Those the authority was told of: when, and who noted it. */
  readonly reported: Map<string, { readonly by: string; readonly at: number }>;
}
type Run = { readonly staff: readonly Worker[] };
type Command = fc.AsyncCommand<Model, Run>;

const command = (name: string, run: (model: Model) => Promise<unknown>): Command => ({
  check: () => true,
  run: async (model) => {
    await run(model);
    await invariant(model);
  },
  toString: () => name,
});

const climb = async (): Promise<void> => {
  for (const which of ['waiting', 'due'] as const)
    await climbAlerts(office.parts, (effects) => office.write(effects), which, office.now);
  await climbHeld(office.parts, (effects) => office.write(effects), office.now);
  await remindOfReports(office.parts, (effects) => office.write(effects), office.now);
};

const owned = (model: Model, id: string, owner: string, did: 'claimed' | 'called' = 'claimed'): void => {
  model.owners.set(id, owner);
  model.progress.set(id, { did, at: office.now });
};

/** Whether anybody who may take an alert of a place could be told at this moment. */
const someoneThere = async (place: string): Promise<boolean> => {
  const reachable = { active: true, 'chats.0': { $exists: true } };
  const all = await office.collections.staff.find(reachable).toArray();
  const running = await office.collections.shifts
    .find({ $or: [{ until: { $exists: false } }, { until: { $gt: new Date(office.now) } }] })
    .toArray();
  return all.some(
    ({ _id, role, area }) =>
      role === 'duty' ||
      (role === 'leader' && (area === place || area === '12')) ||
      (role === 'admin' && area === '12') ||
      running.some((shift) => shift.staff === _id && [place, '12'].includes(shift.area)),
  );
};

/** Somebody is told within the bound, of whoever is there; and once its owner has done something, nobody is. */
const heldInvariant = (model: Model, doc: AlertDoc): void => {
  const progress = model.progress.get(doc._id);
  if (progress === undefined) throw new Error('nobody knows since when');
  expect([doc._id, doc.state]).toEqual([doc._id, progress.did]);
  const reminded = doc.stalled?.at.getTime();
  if (reminded !== undefined && progress.graver !== true) expect(reminded).toBeGreaterThan(progress.at);
  const bound = HELD_SILENCE[progress.did];
  expect(office.now - Math.max(progress.at, reminded ?? 0)).toBeLessThanOrEqual(bound);
  expect(doc.climbAt?.getTime() ?? 0).toBeGreaterThan(office.now);
  expect(doc.climbAt?.getTime() ?? 0).toBeLessThanOrEqual(office.now + bound);
  const since = office.now - progress.at;
  if (progress.did === 'claimed' && since >= 15 * MINUTE) expect(doc.stalled).toBeDefined();
  if (progress.did === 'claimed' && since >= 45 * MINUTE) expect(doc.stalled?.rung).toBe(3);
};

/** Of whoever lost it nothing is taken: the chat is nobody's of the staff. */
const hasPhone = async ({ id, chat }: Worker): Promise<boolean> =>
  (await office.collections.staff.countDocuments({ _id: id, chats: chat })) > 0;

/**
 * The report stands as it was noted, whatever comes after. Where it was not, its owner has heard of it from a quarter of an
 * hour before its end on: by the reminder, of which there is one, and one more each time it came with a shift; or by the
 * card that a press shows.
 */
const reportInvariant = async (model: Model, doc: AlertDoc): Promise<void> => {
  const noted = model.reported.get(doc._id);
  const entries = doc.history.filter(({ what }) => what === 'reported');
  expect(entries.map(({ by, at }) => [by, at.getTime()])).toEqual(noted ? [[noted.by, noted.at]] : []);
  const reminders = doc.history.filter(({ what }) => what === 'reportDue').map(({ at }) => at.getTime());
  const shifts = doc.history.filter(({ what }) => what === 'takenOver').length;
  expect(reminders.length).toBeLessThanOrEqual(1 + shifts);
  if (noted !== undefined) return expect(reminders.at(-1) ?? 0).toBeLessThanOrEqual(noted.at);
  const [from, until] = [doc.at.getTime() + 45 * MINUTE, doc.at.getTime() + 120 * MINUTE];
  const owner = model.staff.find(({ id }) => id === doc.owner);
  if (doc.state === 'open' || doc.state === 'closed' || office.now < from || office.now >= until) return;
  if (owner === undefined || !(await hasPhone(owner))) return;
  const { at = 0, unseen } = model.progress.get(doc._id) ?? {};
  const told = reminders.at(-1) ?? 0;
  expect(Math.max(unseen ? 0 : at, told)).toBeGreaterThanOrEqual(from);
  if (unseen) expect(told).toBeGreaterThanOrEqual(at);
};

/** The messages by which somebody is asked; and those that make an entry of the history true. */
const ASKING = /^alert(Bundle)?$/;
const HEARD_BY: Readonly<Record<string, RegExp>> = {
  asked: ASKING,
  reminded: /^alertHeld(Bundle)?$/,
  reportDue: /^alertReport(Bundle)?$/,
};

type Row = Pick<DeliveryDoc, 'purpose' | 'about' | 'alerts' | 'readyAt'>;
const messages = (): Promise<Row[]> =>
  office.collections.deliveries
    .find()
    .project<Row>({ purpose: 1, about: 1, alerts: 1, readyAt: 1 })
    .toArray();

/**
 * A turn that says somebody was asked or told has a message of that moment that is about the alert, or names it. What is
 * opened, raised or moved says so where nobody has the alert and it does not wait for somebody to be there.
 */
const heardInvariant = ({ _id, history, state, waiting }: AlertDoc, rows: readonly Row[]): void => {
  const theirs = rows.filter(({ about = '', alerts = [about] }) => alerts.includes(_id));
  const heard = ({ what, at }: AlertDoc['history'][number], by: RegExp): void => {
    const times = theirs.filter(({ purpose }) => by.test(purpose)).map(({ readyAt }) => readyAt.getTime());
    expect([_id, what, times]).toEqual([_id, what, expect.arrayContaining([at.getTime()])]);
  };
  for (const entry of history) {
    const by = HEARD_BY[entry.what];
    if (by !== undefined) heard(entry, by);
  }
  const last = history.findLast(({ what }) => /opened|raised|asked|moved/.test(what));
  if (state === 'open' && !waiting && last !== undefined) heard(last, ASKING);
};

const invariant = async (model: Model): Promise<void> => {
  const { owners } = model;
  await climb(); // as the sweep does within two seconds of anything
  const [docs, rows] = await Promise.all([office.collections.alerts.find().toArray(), messages()]);
  for (const doc of docs) {
    expect([doc._id, doc.state === 'closed']).toEqual([doc._id, model.closed.has(doc._id)]);
    heardInvariant(doc, rows);
    await reportInvariant(model, doc);
    if (doc.state === 'closed') continue;
    if (doc.state !== 'open') {
      expect([doc._id, doc.owner]).toEqual([doc._id, owners.get(doc._id)]);
      heldInvariant(model, doc);
      continue;
    }
    expect([doc._id, owners.get(doc._id)]).toEqual([doc._id, undefined]);
    expect(doc.area).toBe(model.subjects.get(doc._id)?.area);
    if (doc.waiting) expect(await someoneThere(doc.area)).toBe(false); // silent only where the whole ladder is empty, and then visible
    const turn = doc.climbAt?.getTime() ?? Number.POSITIVE_INFINITY;
    expect(turn).toBeGreaterThan(office.now);
    expect(turn).toBeLessThanOrEqual(office.now + SILENCE);
    if (doc.waiting) continue;
    const last = Math.max(
      ...doc.history
        .filter(({ what }) => /opened|raised|asked|moved/.test(what))
        .map(({ at }) => at.getTime()),
    );
    expect(office.now - last).toBeLessThanOrEqual(SILENCE);
  }
};

const pick = <T>(all: readonly T[], n: number): T | undefined => all[n % Math.max(1, all.length)];
const n = fc.nat(97);
const who = (model: Model, at: number): Worker => model.staff[at % model.staff.length] as Worker;

const raised = async (model: Model): Promise<string> => {
  const subject = office.subject();
  const id = await office.alert(subject);
  model.alerts.add(id);
  model.subjects.set(id, subject);
  return id;
};
const raise = fc.constant(command('raise', raised));
/** An update of the declaration from the one commune or the other; who has the alert keeps it. */
const move = fc.tuple(n, fc.boolean()).map(([a, far]) =>
  command(`person of ${a} is in ${far ? 'Sìn Hồ' : 'Than Uyên'}`, async (model) => {
    const id = pick([...model.alerts], a) ?? '';
    const subject = model.subjects.get(id);
    if (subject === undefined || model.closed.has(id)) return; // what is over is raised anew, or left alone
    const next = { ...subject, area: far ? SIN_HO : THAN_UYEN, at: office.now };
    model.subjects.set(id, next);
    expect(await office.write((await planAlert(office.parts)(next)).effects)).toBe(true);
    expect((await office.collections.alerts.findOne({ _id: id }))?.area).toBe(next.area);
  }),
);
/** One sign more than was told: whoever has called must call again; whoever has not yet gains no time by it. */
const graver = n.map((a) =>
  command(`person of ${a} is worse`, async (model) => {
    const id = pick([...model.alerts], a) ?? '';
    const subject = model.subjects.get(id);
    if (subject === undefined || model.closed.has(id)) return;
    const [{ key, values } = { key: '' }] = subject.reasons;
    const reasons = [{ key, values: { count: Number(values?.count) + 1 } }];
    const next: AlertSubject = { ...subject, level: 'critical', reasons, at: office.now };
    model.subjects.set(id, next);
    expect(await office.write((await planAlert(office.parts)(next)).effects)).toBe(true);
    if (model.progress.get(id)?.did === 'called' && model.owners.has(id))
      model.progress.set(id, { did: 'claimed', at: office.now, graver: true });
  }),
);
const tick = fc.integer({ min: 1, max: 9 }).map((minutes) =>
  command(`${minutes} minutes`, async () => {
    for (let at = 0; at < minutes; at += 1) {
      office.now += MINUTE;
      await climb();
    }
  }),
);
/** Owners are slow: what is claimed lies for as long as it takes to be told of, or what was called for hours. */
const long = fc.constantFrom(16, 31, 47, 241).map((minutes) =>
  command(`${minutes} minutes in large steps`, async (model) => {
    const step = minutes > 60 ? 30 : 5;
    for (let at = 0; at < minutes; at += step) {
      office.now += step * MINUTE;
      await invariant(model);
    }
  }),
);
const claim = fc.tuple(n, n, n).map(([a, b, c]) =>
  command(`claim ${a} by ${b} and ${c}`, async (model) => {
    const id = pick([...model.alerts], a);
    if (id === undefined) return;
    await Promise.all([b, c].map((one) => office.call(who(model, one), 'alertAct', { id, do: 'claim' })));
    const doc = await office.collections.alerts.findOne({ _id: id });
    const had = model.owners.get(id);
    if (had === undefined && doc?.owner !== undefined && doc.state !== 'closed') {
      expect([who(model, b).id, who(model, c).id]).toContain(doc.owner);
      owned(model, id, doc.owner);
    }
    const claims = doc?.history.filter(({ what }) => what === 'claimed').length ?? 0;
    const gone = doc?.history.filter(({ what }) => what === 'released').length ?? 0;
    expect(claims - gone).toBe(doc?.owner === undefined ? 0 : 1);
  }),
);
const call = n.map((a) =>
  command(`call about ${a}`, async (model) => {
    const id = pick([...model.owners.keys()], a);
    const owner = model.staff.find((one) => one.id === model.owners.get(id ?? ''));
    if (id === undefined || owner === undefined) return;
    const result = await office.call(owner, 'alertAct', { id, do: 'call' });
    if (result.is === 'shown') owned(model, id, owner.id, 'called');
    else expect([result.is, await hasPhone(owner)]).toEqual(['stranger', false]);
  }),
);
/** Its owner and somebody press, each twice: it is noted once, and by its owner. */
const report = fc.tuple(n, n).map(([a, b]) =>
  command(`report of ${a} by its owner and ${b}`, async (model) => {
    const id = pick([...model.alerts], a);
    if (id === undefined) return;
    const before = await office.collections.alerts.findOne({ _id: id });
    const owner = model.staff.find((one) => one.id === model.owners.get(id));
    const two = [owner ?? who(model, b), who(model, b)];
    const four = [...two, ...two];
    await Promise.all(four.map((by) => office.call(by, 'alertAct', { id, do: 'report' })));
    const doc = await office.collections.alerts.findOne({ _id: id });
    const may = owner !== undefined && !model.reported.has(id) && (await hasPhone(owner));
    if (may) model.reported.set(id, { by: owner.id, at: office.now });
    else expect(doc).toEqual(before);
    expect([doc?.state, doc?.owner]).toEqual([before?.state, before?.owner]);
  }),
);
const relieve = fc.tuple(n, n, n, fc.constantFrom('stepIn', 'release')).map(([a, b, c, does]) =>
  command(`${does} of ${a} by ${b} and ${c}`, async (model) => {
    const id = pick([...model.owners.keys()], a);
    if (id === undefined) return;
    const before = await office.collections.alerts.findOne({ _id: id });
    const [one, two] = [who(model, b), who(model, c)];
    await Promise.all([one, two].map((by) => office.call(by, 'alertAct', { id, do: does })));
    const doc = await office.collections.alerts.findOne({ _id: id });
    const told = (by: Worker) => before?.stalled?.told.includes(by.id) === true && by.id !== before.owner;
    const mine = (by: Worker) => does === 'release' && by.id === before?.owner;
    const there = [(await hasPhone(one)) ? [one] : [], (await hasPhone(two)) ? [two] : []].flat();
    const may = there.filter((by) => told(by) || mine(by)).map((by) => by.id);
    if (may.length === 0) expect(doc).toEqual(before);
    else if (does === 'release') {
      expect(doc?.state).toBe('open');
      model.owners.delete(id);
    } else {
      expect(may).toContain(doc?.owner);
      owned(model, id, doc?.owner ?? '');
    }
  }),
);
const release = n.map((a) =>
  command(`release ${a}`, async (model) => {
    const id = pick([...model.owners.keys()], a);
    const owner = model.staff.find((one) => one.id === model.owners.get(id ?? ''));
    if (id === undefined || owner === undefined) return;
    const closed = { id, outcome: 'unreachable', note: 'không nghe máy' };
    if ((await office.call(owner, 'closeAlert', closed)).is === 'released') model.owners.delete(id);
  }),
);
const close = n.map((a) =>
  command(`close ${a}`, async (model) => {
    const id = pick([...model.owners.keys()], a);
    const owner = model.staff.find((one) => one.id === model.owners.get(id ?? ''));
    if (id === undefined || owner === undefined) return;
    const closing = { id, outcome: 'cleared', note: 'không sao' };
    if ((await office.call(owner, 'closeAlert', closing)).is !== 'closed') return;
    model.owners.delete(id);
    model.closed.set(id, { by: owner, at: office.now });
  }),
);
/** Two press at once: one of them has it, or neither may. */
const reopen = fc.tuple(n, n, n).map(([a, b, c]) =>
  command(`reopen ${a} by ${b} and ${c}`, async (model) => {
    const [id, closing] = pick([...model.closed], a) ?? [];
    if (id === undefined || closing === undefined) return;
    const [one, two] = [who(model, b), who(model, c)];
    const before = await office.collections.alerts.findOne({ _id: id });
    const phones = await office.collections.staff.find({ 'chats.0': { $exists: true } }).toArray();
    await Promise.all([one, two].map((by) => office.call(by, 'alertAct', { id, do: 'reopen' })));
    const doc = await office.collections.alerts.findOne({ _id: id });
    const times = (of: AlertDoc | null) => of?.history.filter(({ what }) => what === 'reopened').length ?? 0;
    const late = office.now - closing.at > 24 * 60 * MINUTE;
    if (late) expect(doc).toEqual(before);
    if (doc?.state === 'closed') {
      expect(doc).toEqual(before);
      const there = phones.some(({ _id }) => _id === closing.by.id);
      expect(!late && there && [one, two].includes(closing.by)).toBe(false);
      return;
    }
    expect(times(doc) - times(before)).toBe(1);
    expect([one.id, two.id]).toContain(doc?.owner);
    model.closed.delete(id);
    owned(model, id, doc?.owner ?? '');
  }),
);
const duty = fc
  .tuple(n, fc.boolean())
  .map(([a, on]) =>
    command(`${a} ${on ? 'on' : 'off'} duty`, (model) => office.call(who(model, a), 'setDuty', { on })),
  );
const handOver = fc.tuple(n, n).map(([a, b]) =>
  command(`${a} hands over to ${b}`, async (model) => {
    const [from, to] = [who(model, a), who(model, b)];
    if ((await office.call(from, 'handOver', { to: to.id })).is !== 'handed') return;
    for (const [id, owner] of model.owners) if (owner === from.id) model.owners.delete(id);
  }),
);
const takeOver = fc.tuple(n, n).map(([a, b]) =>
  command(`${a} takes over from ${b}`, async (model) => {
    const [by, from] = [who(model, a), who(model, b)];
    if ((await office.call(by, 'takeOver', { from: from.id })).is !== 'taken') return;
    for (const [id, owner] of model.owners) {
      const doc = await office.collections.alerts.findOne({ _id: id });
      if (owner !== from.id || doc?.owner !== by.id) continue;
      model.owners.set(id, by.id);
      model.progress.set(id, { did: 'claimed', at: office.now, unseen: true });
    }
  }),
);
const phone = fc.tuple(n, fc.boolean()).map(([a, works]) =>
  command(`telephone of ${a} ${works ? 'found' : 'lost'}`, async (model) => {
    const { id, chat } = who(model, a);
    await office.collections.staff.updateOne({ _id: id }, { $set: { chats: works ? [chat] : [] } });
  }),
);
/** For good; or for now: its row goes on being tried, and may find the alert as it is then. */
const lose = fc.tuple(n, fc.boolean()).map(([a, gone]) =>
  command(`message ${a} reaches nobody ${gone ? 'ever' : 'in time'}`, async () => {
    const rows = await office.collections.deliveries
      .find({
        state: 'ready',
        missedAt: { $exists: false },
        purpose: { $in: ['alert', 'alertBundle', 'alertHeld', 'alertHeldBundle'] },
      })
      .toArray();
    const row = pick(rows, a);
    if (row === undefined) return;
    const { deliveries } = office.collections;
    await deliveries.updateOne({ _id: row._id }, { $set: { missedAt: new Date(office.now) } });
    await onLost(office.parts)(row);
    if (gone) await deliveries.updateOne({ _id: row._id }, { $set: { state: 'failed' } });
  }),
);

test('never without an owner and silent, nor with one who does nothing; never two owners', async () => {
  const all = [
    raise,
    move,
    move,
    graver,
    tick,
    long,
    long,
    claim,
    claim,
    call,
    call,
    report,
    relieve,
    release,
    close,
    reopen,
    reopen,
    duty,
    handOver,
    takeOver,
    phone,
    lose,
  ];
  const story = fc.commands(all, { maxCommands: 30, size: 'max' });
  await fc.assert(
    fc.asyncProperty(story, async (commands) => {
      for (const name of ['alerts', 'deliveries', 'staff', 'shifts'] as const)
        await office.collections[name].deleteMany({});
      office.now = NOW;
      const staff = [
        await office.worker({ facility: 'Trạm y tế' }),
        await office.worker({ onDuty: false }),
        await office.worker({ area: '12' }),
        await office.worker({ area: SIN_HO }),
        await office.worker({ role: 'leader', facility: 'Trạm y tế', onDuty: false }),
        await office.worker({ role: 'admin', area: '12', onDuty: false }),
      ];
      const model: Model = {
        staff,
        alerts: new Set(),
        subjects: new Map(),
        owners: new Map(),
        closed: new Map(),
        progress: new Map(),
        reported: new Map(),
      };
      // One that nobody has and one that somebody has: a story that begins with nothing is mostly about nothing.
      for (let at = 0; at < 2; at += 1) await raised(model);
      const [id = ''] = model.alerts;
      await office.call(who(model, 0), 'alertAct', { id, do: 'claim' });
      owned(model, id, who(model, 0).id);
      await fc.asyncModelRun(() => ({ model, real: { staff } }), commands);
    }),
    { numRuns: Number(process.env.FC_RUNS ?? 15) },
  );
}, 240_000);
