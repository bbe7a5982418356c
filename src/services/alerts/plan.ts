import { areaAfter, graver, renewal } from '../../domain/alert.ts';
import { stateAfter } from '../../domain/alertState.ts';
import { alerting } from '../../domain/risk/assess.ts';
import type { AlertDoc } from '../../store/alerts.ts';
import type { Effect } from '../../store/effect.ts';
import type { AlertPlan, AlertSubject } from '../declarations/index.ts';
import type { StaffParts } from '../staff/parts.ts';
import { raiseAgain } from './again.ts';
import { changed } from './changed.ts';
import { planMove } from './move.ts';
import { areaOfSubject, raise } from './raise.ts';
import { type OpenedAlert, openAlerts } from './record.ts';
import { renewedBody } from './renewed.ts';
import { joined, knows, standingAlert } from './standing.ts';

/** Where it belongs from now on. Where nothing was declared, nobody said that they are at another place. */
const areaFrom = ({ home }: StaffParts, before: string, { area, toldAt }: AlertSubject): string =>
  toldAt === undefined ? areaAfter(before, area, home) : before;

const renew = async (
  parts: StaffParts,
  before: AlertDoc,
  known: OpenedAlert,
  subject: AlertSubject,
): Promise<readonly Effect[]> => {
  const { level, at } = subject;
  const told = { level: known.alert.level, reasons: known.body.reasons };
  const what = alerting(parts.rules(), level) ? renewal(told, subject) : 'updated';
  if (known.alert.state === 'closed') return what === 'raised' ? raise(parts, subject) : [];
  const area = areaFrom(parts, before.area, subject);
  const worst = graver(known.alert.level, level);
  const state = stateAfter(known.alert.state, what);
  const alert = { ...known.alert, rev: known.alert.rev + 1, state, level: worst, area };
  const next = { alert, body: renewedBody(known, subject, what), at: known.at, freshAt: at };
  const isGraver = worst !== known.alert.level;
  const news = what === 'updated' ? undefined : isGraver ? 'raised' : 'added';
  if (area !== before.area) return planMove(parts, { before, next, news });
  return news === undefined ? [changed(parts, next, ['updated'])] : raiseAgain(parts, next, news);
};

const effectsOf = async (
  parts: StaffParts,
  subject: AlertSubject,
  known: AlertDoc | null,
): Promise<readonly Effect[]> => {
  // One that cannot be opened is none: what is declared now must be written, and somebody must hear of it.
  const [opened] = await openAlerts(parts, known === null ? [] : [known]);
  if (known === null || opened === undefined)
    return alerting(parts.rules(), subject.level) ? raise(parts, subject) : [];
  const effects = await renew(parts, known, opened, subject);
  return known.state === 'closed' ? effects : [...effects, ...joined(known, subject)];
};

/**
 * What telling the duty staff of a declaration, update or correction takes: an alert and one message for each who
 * is to be asked, to be committed with it. Nothing below the alerting level; what was told already and is no
 * graver is only brought up to date, unless the person is at another place now. With nobody to ask the alert waits
 * (`waiting`) for the next who comes.
 */
export const planAlert =
  (parts: StaffParts) =>
  async (subject: AlertSubject): Promise<AlertPlan> => {
    const known = await standingAlert(parts, subject, areaOfSubject(parts, subject));
    const effects = await effectsOf(parts, subject, known);
    if (!alerting(parts.rules(), subject.level)) return { staff: 'none', effects };
    return { staff: knows(effects, known?.asked ?? []) ? 'told' : 'waiting', effects };
  };
