import type { Level } from '../../domain/declaration.ts';
import type { AlertDoc } from '../../store/alerts.ts';
import { type Effect, update } from '../../store/effect.ts';
import type { Reachable } from '../roster/members.ts';
import type { StaffParts } from '../staff/parts.ts';
import { eachAlone } from '../stuck.ts';
import { bundled, type Repeat } from './bundle.ts';
import type { WriteEffects } from './office.ts';
import { openAlert } from './record.ts';
import { tellStuck } from './stuck.ts';
import { inParts, type PlannedChange, writeTogether } from './together.ts';
import { type Asking, climbingOf, clockFields, whomToAsk } from './whom.ts';

/** Which alerts to look at: those nobody could be asked about, or those whose time has come. */
export type Which = 'waiting' | 'due';

/** @param life ms after which an exercise is left behind; what is real climbs for ever */
const found = (which: Which, now: number, life?: number) =>
  which === 'waiting'
    ? { waiting: true, state: 'open' as const }
    : {
        state: 'open' as const,
        climbAt: { $not: { $gt: new Date(now) } },
        ...(life === undefined ? {} : { at: { $gt: new Date(now - life) } }),
      };

const changed = (doc: AlertDoc, asking: Asking, now: number): Effect => {
  const ids = asking.members.map(({ id }) => id);
  const asked = {
    $addToSet: { asked: { $each: ids } },
    $inc: { rev: 1 },
    $push: { history: { what: 'asked', at: new Date(now) } },
  };
  return update(
    'alerts',
    { _id: doc._id, rev: doc.rev, state: 'open' },
    { $set: clockFields(asking), ...(ids.length === 0 ? {} : asked) },
    { must: true },
  );
};

type Planned = PlannedChange<Repeat & { readonly members: readonly Reachable[] }>;

const planned = async (parts: StaffParts, doc: AlertDoc, now: number): Promise<Planned | null> => {
  const climbing = climbingOf(doc);
  const late = now >= climbing.due;
  const asking = await whomToAsk(parts, climbing, doc.level as Level, now, doc.unreached);
  if (asking === null || (asking.members.length === 0 && !late)) return null;
  const change = changed(doc, asking, now);
  if (asking.members.length === 0) return { change };
  const opened = await openAlert(parts, doc);
  const next = { ...opened, alert: { ...opened.alert, rev: doc.rev + 1 } };
  const waited = late ? { waited: now - climbing.from } : {};
  return { change, repeat: { opened: next, members: asking.members, ...waited } };
};

/** Writes what is planned for some alerts. Returns how many were sent out. */
const climbSome = async (
  parts: StaffParts,
  write: WriteEffects,
  docs: readonly AlertDoc[],
  now: number,
): Promise<number> => {
  const plans = await eachAlone(
    docs,
    (doc) => planned(parts, doc, now),
    (error, doc) => tellStuck({ staff: parts, write }, 'alerts', doc, error, now),
  );
  const all = plans.filter((one) => one !== null);
  return writeTogether(write, all, (repeats) => bundled(parts, repeats, now));
};

/**
 * Sends alerts that nobody has on, up the ladder. What changes of an alert and its messages are one transaction,
 * which names the revision it saw: two processes at once, or a tick that comes twice, send nothing twice. Returns
 * how many were sent out.
 */
export const climbAlerts = async (
  parts: StaffParts,
  write: WriteEffects,
  which: Which,
  now: number,
  life?: number,
): Promise<number> => {
  const docs = await parts.collections.alerts
    .find(found(which, now, life))
    .sort({ at: 1 })
    .toArray();
  return inParts(docs, (some) => climbSome(parts, write, some, now));
};
