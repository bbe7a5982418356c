import { mayHandle } from '../../domain/alert.ts';
import { LEVELS } from '../../domain/declaration.ts';
import type { Json } from '../../domain/json.ts';
import { covers, handlesAlerts } from '../../domain/roster.ts';
import { openFeedback } from '../feedback/record.ts';
import type { Service } from '../service.ts';
import { actorOf, stranger } from '../staff/actor.ts';
import type { StaffParts } from '../staff/parts.ts';
import { placeOf, type StaffMember } from '../staff/record.ts';
import { maskedPerson } from './lines.ts';
import { type OpenedAlert, openAlert } from './record.ts';

/** A list on a phone; what is graver and older stands first, and the rest comes up when those are done. */
const LISTED = 20;

/** A prefix of an area path, not a pattern from outside: codes are letters and digits. */
const within = (area: string) => ({ $in: [area, new RegExp(`^${area}/`)] });

const gravestFirst = (a: OpenedAlert, b: OpenedAlert): number =>
  LEVELS.indexOf(b.alert.level) - LEVELS.indexOf(a.alert.level) || a.at - b.at;

/** Open alerts a staff member may take, and those they have. */
export const alertsFor = async (parts: StaffParts, actor: StaffMember): Promise<readonly OpenedAlert[]> => {
  const open = { state: 'open' as const, $or: [{ area: within(actor.area) }, { asked: actor.id }] };
  const docs = await parts.collections.alerts
    .find({ $or: [open, { state: 'claimed', owner: actor.id }] })
    .sort({ at: 1 })
    .toArray();
  const opened = await Promise.all(docs.map((doc) => openAlert(parts, doc)));
  return opened.filter(({ alert }) => mayHandle(actor, alert)).sort(gravestFirst);
};

const alertItem = (actor: StaffMember, opened: OpenedAlert): Json => {
  const { alert, body, freshAt } = opened;
  const mine = alert.owner === actor.id;
  return {
    id: alert.id,
    level: alert.level,
    mine,
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
  parts: StaffParts,
  actor: StaffMember,
): Promise<{ readonly open: number; readonly mine: number }> => {
  const all = await alertsFor(parts, actor);
  const mine = all.filter(({ alert }) => alert.owner === actor.id).length;
  return { open: all.length - mine, mine };
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
    const alerts = await alertsFor(parts, actor);
    const listed = alerts.slice(0, LISTED).map((opened) => alertItem(actor, opened));
    const feedback = await feedbackFor(parts, actor);
    return { value: { is: 'inbox', alerts: listed, feedback, more: alerts.length - listed.length } };
  };

/** Figures for the metrics: alerts that are open, claimed, and waiting with nobody asked; messages that failed. */
export const alertFigures = async ({ collections }: Pick<StaffParts, 'collections'>) => {
  const { alerts, deliveries } = collections;
  const [open, claimed, waiting, failed] = await Promise.all([
    alerts.countDocuments({ state: 'open' }),
    alerts.countDocuments({ state: 'claimed' }),
    alerts.countDocuments({ waiting: true }),
    deliveries.countDocuments({ state: 'failed', lane: 'alert' }),
  ]);
  return { open, claimed, waiting, failed };
};
