import { line } from '../../dialogue/say.ts';
import { AHEAD, MADE_UP, remindsOfReport } from '../../domain/alertReport.ts';
import type { AlertEntry } from '../../domain/alertState.ts';
import { IN_HAND } from '../../domain/alertState.ts';
import { LEVELS, type Level } from '../../domain/declaration.ts';
import type { AlertDoc } from '../../store/alerts.ts';
import type { DeliveryDoc } from '../../store/deliveries.ts';
import { type Effect, update } from '../../store/effect.ts';
import type { StaffParts } from '../staff/parts.ts';
import { placeOf } from '../staff/record.ts';
import { eachAlone } from '../stuck.ts';
import { bundledAs, type Repeat, type Wording } from './bundle.ts';
import { countdown, reportWithin } from './countdown.ts';
import { alertButtons, maskedCard, maskedPerson } from './lines.ts';
import type { WriteEffects } from './office.ts';
import { openAlert } from './record.ts';
import { tellStuck } from './stuck.ts';
import { type Told, tell } from './tell.ts';
import { inParts, type PlannedChange, writeTogether } from './together.ts';

interface ReportRepeat extends Repeat {
  /** ms since 1970. */
  readonly due: number;
}

const REPORT: Wording<ReportRepeat> = {
  purpose: 'alertReportBundle',
  head: 'alertReport.head',
  item: ({ opened, due }) =>
    line('alertReport.item', {
      level: line(`level.${opened.alert.level}`),
      who: maskedPerson(opened.body.declared.person),
      place: { place: placeOf(opened.alert.area) },
      time: { time: due },
    }),
  alone: (parts, { opened }, member, now) =>
    tell(parts, [member], {
      purpose: 'alertReport',
      about: opened.alert.id,
      rev: opened.alert.rev,
      at: now,
      notes: [line('alert.reportSoon'), ...maskedCard(opened), ...countdown(parts, opened, now)],
      choices: alertButtons(opened.alert, member.id),
    }),
};

/**
 * Alerts in hand that a reminder may be due of; whether its owner was given it, their history says.
 * @param life ms after which an exercise is left behind
 */
const found = (parts: StaffParts, now: number, life?: number) => ({
  state: { $in: [...IN_HAND] },
  'history.what': { $ne: 'reported' },
  $or: LEVELS.map((level) => {
    const raised = now - reportWithin(parts, level);
    return { level, at: { $gt: new Date(raised - MADE_UP), $lte: new Date(raised + AHEAD) } };
  }),
  ...(life === undefined ? {} : { at: { $gt: new Date(now - life) } }),
});

const told = (doc: AlertDoc, now: number): Effect =>
  update(
    'alerts',
    { _id: doc._id, rev: doc.rev, state: doc.state },
    { $inc: { rev: 1 }, $push: { history: { what: 'reportDue', at: new Date(now) } } },
    { must: true },
  );

/** Its owner, if a message can go to them; until it can they are not told, and are tried again. */
const ownerOf = async ({ collections }: StaffParts, { owner = '' }: AlertDoc): Promise<Told | null> => {
  const doc = await collections.staff.findOne({ _id: owner, active: true, 'chats.0': { $exists: true } });
  return doc === null ? null : { id: doc._id, chats: doc.chats };
};

type Planned = PlannedChange<ReportRepeat & { readonly members: readonly Told[] }>;

const planned = async (parts: StaffParts, doc: AlertDoc, now: number): Promise<Planned | null> => {
  const due = doc.at.getTime() + reportWithin(parts, doc.level as Level);
  const history = doc.history.map(({ what, at }) => ({ what: what as AlertEntry['what'], at: at.getTime() }));
  if (!remindsOfReport({ state: doc.state, history, due }, now)) return null;
  const owner = await ownerOf(parts, doc);
  if (owner === null) return null;
  const opened = await openAlert(parts, doc);
  const next = { ...opened, alert: { ...opened.alert, rev: doc.rev + 1 } };
  return { change: told(doc, now), repeat: { opened: next, due, members: [owner] } };
};

/** Reminds owners that the authority must be told soon, each once. Returns of how many alerts. */
export const remindOfReports = async (
  parts: StaffParts,
  write: WriteEffects,
  now: number,
  life?: number,
): Promise<number> => {
  const docs = await parts.collections.alerts
    .find(found(parts, now, life))
    .sort({ at: 1 })
    .toArray();
  return inParts(docs, async (some) => {
    const plans = await eachAlone(
      some,
      (doc) => planned(parts, doc, now),
      (error, doc) => tellStuck({ staff: parts, write }, 'alerts', doc, error, now),
    );
    const all = plans.filter((one) => one !== null);
    return writeTogether(write, all, (repeats) => bundledAs(parts, REPORT, repeats, now));
  });
};

/** Alerts a reminder still is about: in the hands of its reader, and not reported. */
export const unreportedFor = ({ purpose, about, staff = '' }: DeliveryDoc) => ({
  state: { $in: [...IN_HAND] },
  owner: staff,
  'history.what': { $ne: 'reported' },
  ...(purpose === 'alertReport' && about !== undefined ? { _id: about } : {}),
});

export const isReportRow = ({ purpose }: DeliveryDoc): boolean =>
  purpose === 'alertReport' || purpose === 'alertReportBundle';
