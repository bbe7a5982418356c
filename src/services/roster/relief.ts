import { type Line, line } from '../../dialogue/say.ts';
import { nextDue } from '../../domain/alertClock.ts';
import type { Level } from '../../domain/declaration.ts';
import { clockOf } from '../../domain/risk/ruleset.ts';
import { covers, handlesAlerts, provinceOf } from '../../domain/roster.ts';
import { randomId } from '../../security/random.ts';
import type { AlertDoc } from '../../store/alerts.ts';
import { type Effect, insert, update } from '../../store/effect.ts';
import { bundled, type Repeat, TO_LIST } from '../alerts/bundle.ts';
import { openAlert } from '../alerts/record.ts';
import { type Told, tell } from '../alerts/tell.ts';
import type { Service } from '../service.ts';
import { actorOf, stranger } from '../staff/actor.ts';
import type { StaffParts } from '../staff/parts.ts';
import { openStaff, type StaffMember } from '../staff/record.ts';
import { endShifts, runningShifts } from './members.ts';

/** Somebody else of the same province who may have a shift; null: not (any more), or oneself. */
const otherOf = async (parts: StaffParts, id: string, actor: StaffMember): Promise<StaffMember | null> => {
  const found = { _id: id, active: true, 'chats.0': { $exists: true } };
  const doc = id === actor.id ? null : await parts.collections.staff.findOne(found);
  if (doc === null || provinceOf(doc.area) !== provinceOf(actor.area)) return null;
  const member = await openStaff(parts, doc);
  return handlesAlerts(member.role) ? member : null;
};

const running = (parts: StaffParts, staff: string, now: number) =>
  parts.collections.shifts.find({ staff, ...runningShifts(now) }).toArray();

/** Shifts for these areas begin, where none of theirs runs there already. */
const begun = async (
  parts: StaffParts,
  staff: string,
  areas: readonly string[],
  now: number,
): Promise<readonly Effect[]> => {
  const there = new Set((await running(parts, staff, now)).map(({ area }) => area));
  const fresh = [...new Set(areas)].filter((area) => !there.has(area));
  return fresh.map((area) => insert('shifts', { _id: randomId(), staff, area, from: new Date(now) }));
};

const changed = (
  doc: AlertDoc,
  change: object,
  what: readonly { what: string; by: string }[],
  now: number,
) => {
  const history = { $each: what.map((one) => ({ ...one, at: new Date(now) })) };
  const seen = { _id: doc._id, rev: doc.rev, state: doc.state };
  return update('alerts', seen, { ...change, $inc: { rev: 1 }, $push: { history } }, { must: true });
};

/**
 * An alert that goes to somebody else by a hand-over is open again, and theirs to claim: should they sleep, it climbs.
 * One that nobody has keeps its clock.
 */
const handed = (parts: StaffParts, doc: AlertDoc, from: string, to: string, now: number): Effect => {
  const asked = { $addToSet: { asked: to } };
  if (doc.state === 'open') return changed(doc, asked, [{ what: 'asked', by: from }], now);
  const due = nextDue(clockOf(parts.rules(), doc.level as Level), now, now);
  const clock = { waiting: false, nobodySince: new Date(now), climbAt: new Date(due), rung: 0 };
  const change = { $set: { state: 'open' as const, ...clock }, $unset: { owner: '' as const }, ...asked };
  const what = [
    { what: 'released', by: from },
    { what: 'asked', by: from },
  ];
  return changed(doc, change, what, now);
};

const asking = async (parts: StaffParts, doc: AlertDoc, to: Told): Promise<Repeat & { members: [Told] }> => {
  const opened = await openAlert(parts, doc);
  const alert = { ...opened.alert, state: 'open' as const, rev: doc.rev + 1 };
  return { opened: { ...opened, alert }, members: [to] };
};

const news = (parts: StaffParts, to: Told, from: StaffMember, now: number, notes: readonly Line[]) =>
  tell(parts, [to], { purpose: 'shiftNews', about: from.id, rev: now, at: now, notes, choices: [TO_LIST] });

/** Ends one's shift and gives it to somebody else, with a note and every alert one has or was asked about. */
export const handOver =
  (parts: StaffParts): Service =>
  async (args, context) => {
    const { to: id, note } = args as { to: string; note?: string };
    const { now } = context;
    const actor = await actorOf(parts, context);
    if (actor === null) return stranger;
    const to = await otherOf(parts, id, actor);
    if (to === null || !handlesAlerts(actor.role)) return { value: { is: 'gone' } };
    const areas = (await running(parts, actor.id, now)).map(({ area }) => area);
    const theirs = {
      $or: [
        { state: 'claimed' as const, owner: actor.id },
        { state: 'open' as const, asked: actor.id },
      ],
    };
    const docs = await parts.collections.alerts.find(theirs).sort({ at: 1 }).toArray();
    const told = line('shift.handed', { name: actor.name, count: docs.length });
    const notes = [told, ...(note === undefined ? [] : [line('shift.note', { note })])];
    return {
      value: { is: 'handed', name: to.name, count: docs.length },
      effects: [
        ...docs.map((doc) => handed(parts, doc, actor.id, to.id, now)),
        ...(await endShifts(parts, actor.id, now)),
        ...(await begun(parts, to.id, areas.length === 0 ? [actor.area] : areas, now)),
        ...news(parts, to, actor, now, notes),
        ...bundled(parts, await Promise.all(docs.map((doc) => asking(parts, doc, to))), now),
      ],
    };
  };

/** An alert that goes to whoever takes a shift over: they are there, so it is theirs. */
const taken = (doc: AlertDoc, from: string, by: string, now: number): Effect =>
  changed(
    doc,
    { $set: { owner: by }, $addToSet: { asked: by } },
    [
      { what: 'released', by: from },
      { what: 'claimed', by },
    ],
    now,
  );

/** Takes over the shift of somebody for places of one's own area, and the alerts they have there. */
export const takeOver =
  (parts: StaffParts): Service =>
  async (args, context) => {
    const { now } = context;
    const actor = await actorOf(parts, context);
    if (actor === null) return stranger;
    const from = await otherOf(parts, (args as { from: string }).from, actor);
    if (from === null || !handlesAlerts(actor.role)) return { value: { is: 'gone' } };
    const shifts = (await running(parts, from.id, now)).filter(({ area }) => covers(actor.area, area));
    if (shifts.length === 0) return { value: { is: 'gone' } };
    const held = await parts.collections.alerts.find({ owner: from.id, state: 'claimed' }).toArray();
    const docs = held.filter(({ area }) => covers(actor.area, area));
    const notes = [line('shift.taken', { name: actor.name, count: docs.length })];
    return {
      value: { is: 'taken', name: from.name, count: docs.length },
      effects: [
        ...docs.map((doc) => taken(doc, from.id, actor.id, now)),
        ...shifts.map(({ _id }) => update('shifts', { _id }, { $set: { until: new Date(now) } })),
        ...(await begun(
          parts,
          actor.id,
          shifts.map(({ area }) => area),
          now,
        )),
        ...news(parts, from, actor, now, notes),
      ],
    };
  };
