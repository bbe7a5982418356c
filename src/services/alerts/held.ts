import { type HeldTurn, hurries, nextHeld, progressOf } from '../../domain/alertHeld.ts';
import { type AlertEntry, type AlertState, IN_HAND } from '../../domain/alertState.ts';
import type { Level } from '../../domain/declaration.ts';
import { heldClockOf } from '../../domain/risk/ruleset.ts';
import type { AlertDoc } from '../../store/alerts.ts';
import { type Effect, update } from '../../store/effect.ts';
import { membersFor, type Reachable, without } from '../roster/members.ts';
import type { StaffParts } from '../staff/parts.ts';
import { staffName } from '../staff/record.ts';
import { eachAlone } from '../stuck.ts';
import { bundledAs } from './bundle.ts';
import { HELD, type HeldRepeat } from './heldWording.ts';
import type { WriteEffects } from './office.ts';
import { openAlert } from './record.ts';
import { tellStuck } from './stuck.ts';
import { inParts, type PlannedChange, writeTogether } from './together.ts';

const heldOf = ({ state, area, owner, history, stalled }: AlertDoc) => ({
  state: state as AlertState,
  area,
  owner,
  history: history.map(({ what, at }) => ({ what: what as AlertEntry['what'], at: at.getTime() })),
  stalled: stalled && {
    rung: stalled.rung,
    at: stalled.at.getTime(),
    told: stalled.told,
    lost: stalled.lost ?? false,
  },
});

type Telling = Extract<HeldTurn, { is: 'tell' }>;

/** Only the clock: nobody sees it, so it is no change that somebody else's would be stale by. */
const set = (doc: AlertDoc, due: number): Effect =>
  update(
    'alerts',
    { _id: doc._id, rev: doc.rev, state: doc.state },
    { $set: { climbAt: new Date(due) } },
    { must: true },
  );

const reminded = (doc: AlertDoc, { rung, due }: Telling, told: readonly string[], now: number): Effect => {
  const at = new Date(now);
  return update(
    'alerts',
    { _id: doc._id, rev: doc.rev, state: doc.state },
    {
      $set: { climbAt: new Date(due), stalled: { rung, at, told: [...told] } },
      $inc: { rev: 1 },
      $push: { history: { what: 'reminded', at } },
    },
    { must: true },
  );
};

/** An owner who cannot be read is no reason to be silent about what lies with them. */
const ownerName = async (parts: StaffParts, { owner = '' }: AlertDoc): Promise<string> => {
  const stuck = (error: unknown) => parts.onStuck?.(error, { collection: 'staff', id: owner });
  const [name = ''] = await eachAlone([owner], (id) => staffName(parts, id), stuck);
  return name;
};

type Planned = PlannedChange<HeldRepeat & { readonly members: readonly Reachable[] }>;

const planned = async (parts: StaffParts, doc: AlertDoc, now: number): Promise<Planned | null> => {
  const held = heldOf(doc);
  const all = await membersFor(parts.collections, doc.area, now);
  const roster = hurries(held.stalled) ? without(all, doc.unreached) : all;
  const turn = nextHeld(held, roster, now, heldClockOf(parts.rules(), doc.level as Level));
  if (turn.is === 'silent') return null;
  if (turn.is === 'wait') return { change: set(doc, turn.due) };
  const ids = turn.members.map(({ id }) => id);
  const told = [...new Set([...(held.stalled?.told ?? []), ...ids])].filter((id) => id !== doc.owner);
  const opened = await openAlert(parts, doc);
  const { called, from } = progressOf(held.history);
  return {
    change: reminded(doc, turn, told, now),
    repeat: {
      opened: { ...opened, alert: { ...opened.alert, rev: doc.rev + 1, told } },
      name: await ownerName(parts, doc),
      since: from,
      phase: called ? 'called' : 'claimed',
      members: roster.filter(({ id }) => ids.includes(id)),
    },
  };
};

/** @param life ms after which an exercise is left behind; what is real stands still for ever */
const found = (now: number, life?: number) => ({
  state: { $in: [...IN_HAND] },
  climbAt: { $not: { $gt: new Date(now) } },
  ...(life === undefined ? {} : { at: { $gt: new Date(now - life) } }),
});

/**
 * Tells of alerts whose owner does nothing: first the owner, then who may take them over. As the ladder's climb it is
 * one transaction that names the revision it saw: nothing is told twice. Returns how many were told of.
 */
export const climbHeld = async (
  parts: StaffParts,
  write: WriteEffects,
  now: number,
  life?: number,
): Promise<number> => {
  const docs = await parts.collections.alerts.find(found(now, life)).sort({ at: 1 }).toArray();
  return inParts(docs, async (some) => {
    const plans = await eachAlone(
      some,
      (doc) => planned(parts, doc, now),
      (error, doc) => tellStuck({ staff: parts, write }, 'alerts', doc, error, now),
    );
    const all = plans.filter((one) => one !== null);
    return writeTogether(write, all, (repeats) => bundledAs(parts, HELD, repeats, now));
  });
};
