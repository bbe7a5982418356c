import { IN_HAND, inHand } from '../../domain/alertState.ts';
import { LEVELS } from '../../domain/declaration.ts';
import type { Json } from '../../domain/json.ts';
import { covers, handlesAlerts } from '../../domain/roster.ts';
import type { AlertDoc } from '../../store/alerts.ts';
import { openFeedback } from '../feedback/record.ts';
import type { Service } from '../service.ts';
import { actorOf, stranger } from '../staff/actor.ts';
import type { StaffParts } from '../staff/parts.ts';
import { placeOf, type StaffMember } from '../staff/record.ts';
import { maskedPerson } from './lines.ts';
import { type OpenedAlert, openAlerts } from './record.ts';

/** A list on a phone; what is graver and older stands first, and the rest comes up when those are done. */
export const LISTED = 20;

/** A prefix of an area path, not a pattern from outside: codes are letters and digits. */
export const within = (area: string) => ({ $in: [area, new RegExp(`^${area}/`)] });

/** Open alerts a staff member may take, and those they have: what `mayHandle` says, as a question to the database. */
const openFor = ({ id, area }: StaffMember) => ({
  state: 'open' as const,
  $or: [{ area: within(area) }, { asked: id }],
});
const heldBy = ({ id }: StaffMember) => ({ state: { $in: [...IN_HAND] }, owner: id });
/** Alerts of others that stand still, as they were told. */
const stalledFor = ({ id }: StaffMember) => ({
  state: { $in: [...IN_HAND] },
  owner: { $ne: id },
  'stalled.told': id,
});

/** The gravest first, then the oldest; no more than are listed, however many there are. */
const listedAlerts = async (parts: StaffParts, actor: StaffMember): Promise<readonly OpenedAlert[]> => {
  const docs: AlertDoc[] = [];
  for (const level of [...LEVELS].reverse()) {
    if (docs.length === LISTED) break;
    const found = { level, $or: [openFor(actor), heldBy(actor), stalledFor(actor)] };
    const cursor = parts.collections.alerts.find(found).sort({ at: 1 });
    docs.push(...(await cursor.limit(LISTED - docs.length).toArray()));
  }
  return openAlerts(parts, docs);
};

const alertItem = (actor: StaffMember, opened: OpenedAlert): Json => {
  const { alert, body, freshAt } = opened;
  const mine = alert.owner === actor.id;
  return {
    id: alert.id,
    level: alert.level,
    mine,
    called: mine && alert.state === 'called',
    stalled: !mine && inHand(alert.state),
    who: mine ? body.declared.person.name : maskedPerson(body.declared.person),
    place: placeOf(alert.area),
    at: freshAt,
  } as unknown as Json;
};

const feedbackFor = async (parts: StaffParts, actor: StaffMember): Promise<readonly Json[]> => {
  const docs = await parts.collections.feedback
    .find({ state: 'open', area: within(actor.area) })
    .sort({ at: 1 })
    .limit(LISTED)
    .toArray();
  const opened = await Promise.all(docs.map((doc) => openFeedback(parts, doc)));
  return opened.map(({ id, kind, at }) => ({ id, kind, at }));
};

/** How much waits for a staff member: open alerts, and their own. */
export const waitingFor = async (
  { collections }: Pick<StaffParts, 'collections'>,
  actor: StaffMember,
): Promise<{ readonly open: number; readonly mine: number }> => {
  if (!handlesAlerts(actor.role)) return { open: 0, mine: 0 };
  const [open, mine] = await Promise.all([
    collections.alerts.countDocuments(openFor(actor)),
    collections.alerts.countDocuments(heldBy(actor)),
  ]);
  return { open, mine };
};

/** Whether feedback from an area is a staff member's to read and answer. */
export const mayAnswer = ({ role, area }: StaffMember, place: string): boolean =>
  handlesAlerts(role) && covers(area, place);

/** What lies before a staff member: alerts, the gravest first, and feedback, the oldest first. */
export const inbox =
  (parts: StaffParts): Service =>
  async (_args, context) => {
    const actor = await actorOf(parts, context);
    if (actor === null) return stranger;
    if (!handlesAlerts(actor.role)) return { value: { is: 'inbox', alerts: [], feedback: [], more: 0 } };
    const { open, mine } = await waitingFor(parts, actor);
    const stalled = await parts.collections.alerts.countDocuments(stalledFor(actor));
    const alerts = (await listedAlerts(parts, actor)).map((opened) => alertItem(actor, opened));
    const feedback = await feedbackFor(parts, actor);
    const more = Math.max(0, open + mine + stalled - alerts.length);
    return { value: { is: 'inbox', alerts, feedback, more } };
  };

/** Figures for the metrics: alerts that are open, claimed, called about, and waiting with nobody asked; messages that failed. */
export const alertFigures = async ({ collections }: Pick<StaffParts, 'collections'>) => {
  const { alerts, deliveries } = collections;
  const [open, claimed, called, waiting, failed] = await Promise.all([
    alerts.countDocuments({ state: 'open' }),
    alerts.countDocuments({ state: 'claimed' }),
    alerts.countDocuments({ state: 'called' }),
    alerts.countDocuments({ waiting: true }),
    deliveries.countDocuments({ state: 'failed', lane: 'alert' }),
  ]);
  return { open, claimed, called, waiting, failed };
};
