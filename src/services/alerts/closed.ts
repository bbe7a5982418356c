import { mayReopen, type Present, REOPENABLE } from '../../domain/alertReopen.ts';
import type { Json } from '../../domain/json.ts';
import { handlesAlerts } from '../../domain/roster.ts';
import type { Service } from '../service.ts';
import { actorOf, stranger } from '../staff/actor.ts';
import type { StaffParts } from '../staff/parts.ts';
import { placeOf } from '../staff/record.ts';
import { LISTED, within } from './inbox.ts';
import { maskedPerson } from './lines.ts';
import { presentOf } from './present.ts';
import { type OpenedAlert, openAlerts } from './record.ts';

/** Closed so late: its clock stopped when it was closed. What `mayReopen` says, as a question to the database. */
const closedFor = ({ id, role, area, shifts }: Present, now: number) => {
  const areas = role === 'leader' ? [area, ...shifts] : shifts;
  const mine = [{ owner: id }, { history: { $elemMatch: { what: 'closed', by: id } } }];
  return {
    state: 'closed' as const,
    climbAt: { $gte: new Date(now - REOPENABLE) },
    ...(role === 'admin' ? {} : { $or: [...areas.map((each) => ({ area: within(each) })), ...mine] }),
  };
};

const closedItem = ({ alert, body }: OpenedAlert): Json =>
  ({
    id: alert.id,
    level: alert.level,
    mine: false,
    closed: true,
    who: maskedPerson(body.declared.person),
    place: placeOf(alert.area),
    at: alert.closed?.at,
  }) as unknown as Json;

/** Alerts closed a short while ago that a staff member may open again, the last one first. */
export const recentlyClosed =
  (parts: StaffParts): Service =>
  async (_args, context) => {
    const { now } = context;
    const actor = await actorOf(parts, context);
    if (actor === null) return stranger;
    if (!handlesAlerts(actor.role)) return { value: { is: 'inbox', alerts: [] } };
    const present = await presentOf(parts, actor, now);
    const found = parts.collections.alerts.find(closedFor(present, now)).sort({ climbAt: -1 });
    const opened = await openAlerts(parts, await found.limit(LISTED).toArray());
    const alerts = opened.filter(({ alert }) => mayReopen(alert, present, now)).map(closedItem);
    return { value: { is: 'inbox', alerts } };
  };
