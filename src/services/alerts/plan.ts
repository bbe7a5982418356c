import { line } from '../../dialogue/say.ts';
import { alertArea, graver, renewal } from '../../domain/alert.ts';
import type { Level } from '../../domain/declaration.ts';
import { alerting } from '../../domain/risk/assess.ts';
import { randomId } from '../../security/random.ts';
import type { AlertDoc } from '../../store/alerts.ts';
import { type Effect, insert, update } from '../../store/effect.ts';
import type { AlertPlan, AlertSubject } from '../declarations/index.ts';
import type { StaffParts } from '../staff/parts.ts';
import { askRows } from './ask.ts';
import { countdown } from './countdown.ts';
import { alertButtons, fullCard } from './lines.ts';
import { type OpenedAlert, openAlert, sealAlert } from './record.ts';
import { renewedBody } from './renewed.ts';
import { joined, knows, standingAlert } from './standing.ts';
import { tellStaff } from './tell.ts';
import { type Asking, clockFields, raisedAt, whomToAsk } from './whom.ts';

const areaOfSubject = ({ home, areaOf }: StaffParts, { area, declared }: AlertSubject): string => {
  const { trip, person } = declared;
  return alertArea([area, ...[trip.to, trip.from, person.home].map(({ code }) => areaOf(code))], home);
};

/** An alert that was just raised goes to those on duty, or up to the first who can be reached. */
const firstAsk = async (parts: StaffParts, area: string, level: Level, at: number): Promise<Asking> => {
  const raised = raisedAt(parts, area, level, at);
  return (await whomToAsk(parts, raised, level, at)) ?? { members: [], rung: 0, due: raised.due };
};

const raise = async (parts: StaffParts, subject: AlertSubject): Promise<readonly Effect[]> => {
  const { declaration, person, declared, level, reasons, at, toldAt } = subject;
  const [id, area, when] = [randomId(), areaOfSubject(parts, subject), new Date(at)];
  const asking = await firstAsk(parts, area, level, at);
  const { members } = asking;
  const body = { declared, reasons, ...(toldAt === undefined ? {} : { toldAt }) };
  const doc: AlertDoc = {
    _id: id,
    subject: declaration,
    person,
    level,
    area,
    at: when,
    freshAt: when,
    state: 'open',
    rev: 1,
    asked: members.map((member) => member.id),
    unreached: [],
    nobodySince: when,
    rung: 0,
    ...clockFields(asking),
    history: [{ what: 'opened', at: when }],
    sealed: sealAlert(parts, id, body),
  };
  const alert = { id, rev: 1, level, area, state: 'open', asked: doc.asked } as const;
  return [insert('alerts', doc), ...askRows(parts, { alert, body, at, freshAt: at }, members, at)];
};

/** The change of an alert that is under way; whoever changed it meanwhile makes the step be planned anew. */
const changed = (
  parts: StaffParts,
  { alert, body, freshAt }: OpenedAlert,
  what: 'raised' | 'updated',
  asked: readonly string[] = [],
): Effect =>
  update(
    'alerts',
    { _id: alert.id, rev: alert.rev - 1 },
    {
      $set: {
        level: alert.level,
        freshAt: new Date(freshAt),
        sealed: sealAlert(parts, alert.id, body),
        ...(what === 'raised' && alert.state === 'open' ? { waiting: asked.length === 0 } : {}),
        ...(what === 'raised' && alert.state === 'claimed' ? { climbAt: new Date(freshAt) } : {}),
      },
      $addToSet: { asked: { $each: [...asked] } },
      $inc: { rev: 1 },
      $push: { history: { what, at: new Date(freshAt) } },
    },
    { must: true },
  );

/** Graver, or another matter: whoever has it is told; when nobody has, everybody is asked again. */
const raiseAgain = async (
  parts: StaffParts,
  next: OpenedAlert,
  news: 'raised' | 'added',
): Promise<readonly Effect[]> => {
  const { alert, freshAt } = next;
  if (alert.owner === undefined) {
    const { members } = await firstAsk(parts, alert.area, alert.level, freshAt);
    const asked = members.map(({ id }) => id);
    return [changed(parts, next, 'raised', asked), ...askRows(parts, next, members, freshAt)];
  }
  const told = await tellStaff(parts, [alert.owner], {
    purpose: 'alertNews',
    about: alert.id,
    rev: alert.rev,
    at: freshAt,
    notes: [line(`alert.news.${news}`), ...fullCard(next), ...countdown(parts, next, freshAt)],
    choices: alertButtons(alert, alert.owner),
  });
  return [changed(parts, next, 'raised'), ...told];
};

const renew = async (
  parts: StaffParts,
  known: OpenedAlert,
  subject: AlertSubject,
): Promise<readonly Effect[]> => {
  const { level, at } = subject;
  const told = { level: known.alert.level, reasons: known.body.reasons };
  const what = alerting(parts.rules(), level) ? renewal(told, subject) : 'updated';
  if (known.alert.state === 'closed') return what === 'raised' ? raise(parts, subject) : [];
  const alert = { ...known.alert, rev: known.alert.rev + 1, level: graver(known.alert.level, level) };
  const next = { alert, body: renewedBody(known, subject, what), at: known.at, freshAt: at };
  if (what === 'updated') return [changed(parts, next, 'updated')];
  return raiseAgain(parts, next, alert.level === known.alert.level ? 'added' : 'raised');
};

const effectsOf = async (
  parts: StaffParts,
  subject: AlertSubject,
  known: AlertDoc | null,
): Promise<readonly Effect[]> => {
  if (known === null) return alerting(parts.rules(), subject.level) ? raise(parts, subject) : [];
  const effects = await renew(parts, await openAlert(parts, known), subject);
  return known.state === 'closed' ? effects : [...effects, ...joined(known, subject)];
};

/**
 * What telling the duty staff of a declaration, update or correction takes: an alert and one message for each who
 * is to be asked, to be committed with it. Nothing below the alerting level; what was told already and is no
 * graver is only brought up to date. With nobody to ask the alert waits (`waiting`) for the next who comes.
 */
export const planAlert =
  (parts: StaffParts) =>
  async (subject: AlertSubject): Promise<AlertPlan> => {
    const known = await standingAlert(parts, subject, areaOfSubject(parts, subject));
    const effects = await effectsOf(parts, subject, known);
    if (!alerting(parts.rules(), subject.level)) return { staff: 'none', effects };
    return { staff: knows(effects, known?.asked ?? []) ? 'told' : 'waiting', effects };
  };
