import type { Wanted } from '../../delivery/outbox.ts';
import type { AlertDoc } from '../../store/alerts.ts';
import type { DeliveryDoc } from '../../store/deliveries.ts';
import type { StaffParts } from '../staff/parts.ts';
import { heldFor, isHeldRow, onHeldLost } from './lostHeld.ts';
import { otherRows } from './otherRows.ts';
import { overtaken } from './overtaken.ts';
import { isReportRow, unreportedFor } from './reportDue.ts';

const ASKED: ReadonlySet<string> = new Set(['opened', 'raised', 'asked', 'moved']);

/** Messages of the last time somebody was asked, to others than one member. */
const othersToldOf = ({ _id, asked, history, at }: Seen, staff: string) => {
  const last = history.findLast(({ what }) => ASKED.has(what))?.at ?? at;
  return otherRows({ about: _id, alone: 'alert', bundle: 'alertBundle', told: asked }, staff, last);
};

type Seen = Pick<AlertDoc, '_id' | 'rev' | 'asked' | 'history' | 'at'>;

const SEEN = { rev: 1, asked: 1, history: 1, at: 1 } as const;

/** One alert was not brought to a member. When nobody else was told of it this time, it climbs at once. */
const lostFor = async (
  { alerts, deliveries }: StaffParts['collections'],
  about: string,
  { staff = '', chat, tried = [] }: DeliveryDoc,
): Promise<void> => {
  const tell = { $addToSet: { unreached: { $each: [...tried, chat] } } };
  const alert = await alerts.findOneAndUpdate({ _id: about }, tell, { projection: SEEN });
  if (alert === null) return;
  if ((await deliveries.countDocuments(othersToldOf(alert, staff), { limit: 1 })) > 0) return;
  // By the revision seen: where somebody was asked in between, nobody is asked twice. It may wait already.
  const seen = { _id: about, state: 'open' as const, rev: alert.rev, waiting: false };
  await alerts.updateOne(seen, { $set: { waiting: true }, $inc: { rev: 1 } });
};

/** Open alerts a member was asked about, and still is: the person may be at another place by now. */
const askedOf = ({ staff = '' }: DeliveryDoc) => ({ state: 'open' as const, asked: staff });

/**
 * A message that no chat of the person takes in time. When nobody else was told, the alert waits again, and the chats that
 * failed are not tried for it before its next turn: it must reach somebody. Called at every try that fails from then on.
 */
export const onLost =
  (parts: StaffParts) =>
  async (row: DeliveryDoc): Promise<void> => {
    const { collections } = parts;
    if (isHeldRow(row)) return onHeldLost(parts, row);
    if (row.purpose === 'alert' && row.about !== undefined) return lostFor(collections, row.about, row);
    if (row.purpose !== 'alertBundle') return;
    const alerts = await collections.alerts.find(askedOf(row), { projection: { _id: 1 } }).toArray();
    for (const { _id } of alerts) await lostFor(collections, _id, row);
  };

/** Whether the chat is still linked to the staff member the message is for. A citizen's chat always is. */
const isLinked = async ({ collections }: StaffParts, { staff, chat }: DeliveryDoc): Promise<boolean> =>
  staff === undefined ||
  (await collections.staff.countDocuments({ _id: staff, active: true, chats: chat }, { limit: 1 })) > 0;

/** The next chat of the person a message is for, if they have one that was not tried. */
export const nextChat =
  ({ collections }: StaffParts) =>
  async ({ staff, chat, tried = [] }: DeliveryDoc): Promise<string | null> => {
    if (staff === undefined) return null;
    const doc = await collections.staff.findOne({ _id: staff, active: true });
    return doc?.chats.find((other) => other !== chat && !tried.includes(other)) ?? null;
  };

/** Of one about several alerts those it names: of any other its reader hears by another one. Older ones do not say. */
const named = ({ alerts }: DeliveryDoc) => (alerts === undefined ? {} : { _id: { $in: alerts } });

/** The alerts a row asks or reminds of, as far as they still are as it says; null for one about none. */
const asksAbout = (row: DeliveryDoc) => {
  if (isHeldRow(row)) return { ...heldFor(row), ...named(row) };
  if (isReportRow(row)) return { ...unreportedFor(row), ...named(row) };
  if (row.purpose === 'alertBundle') return { ...askedOf(row), ...named(row) };
  return row.purpose === 'alert' && row.about !== undefined ? { _id: row.about, ...askedOf(row) } : null;
};

/**
 * Asked right before sending. An alert is asked about only while it is open and theirs to take, and reminded of only
 * while it stands still, or the authority was not told, each once however often it was asked while it could not leave; and
 * nothing goes to a chat that was unlinked meanwhile: another chat of theirs has it then, as when this one refuses; where
 * there is none, or they have left, somebody else must be found.
 */
export const stillWanted =
  (parts: StaffParts) =>
  async (row: DeliveryDoc): Promise<Wanted> => {
    if (!(await isLinked(parts, row))) {
      if ((await nextChat(parts)(row)) !== null) return { notHere: 'unlinked' };
      await onLost(parts)(row);
      return false;
    }
    const found = asksAbout(row);
    if (found === null) return true;
    if (await overtaken(parts, row, found)) return false;
    return (await parts.collections.alerts.countDocuments(found, { limit: 1 })) > 0;
  };
