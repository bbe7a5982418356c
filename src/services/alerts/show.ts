import { type Choice, type Line, line } from '../../dialogue/say.ts';
import { mayHandle } from '../../domain/alert.ts';
import { mayReopen } from '../../domain/alertReopen.ts';
import type { Json } from '../../domain/json.ts';
import { handlesAlerts } from '../../domain/roster.ts';
import type { ServiceResult } from '../service.ts';
import type { StaffParts } from '../staff/parts.ts';
import { type StaffMember, staffName } from '../staff/record.ts';
import { countdown } from './countdown.ts';
import { alertButtons, fullCard, maskedCard, reopenButton } from './lines.ts';
import { presentOf } from './present.ts';
import { findAlert, type OpenedAlert } from './record.ts';

/** What an alert's viewer may do about it now. */
const choicesFor = async (
  parts: StaffParts,
  { alert }: OpenedAlert,
  actor: StaffMember,
  now: number,
): Promise<readonly Choice[]> => {
  if (alert.state !== 'closed') return alertButtons(alert, actor.id);
  return mayReopen(alert, await presentOf(parts, actor, now), now) ? [reopenButton(alert.id)] : [];
};

export const gone = { value: { is: 'gone' } } as const;

/** Whoever is on duty for a place outside their own area sees a closed alert of it, or they could not open it again. */
const seesClosed = async (
  parts: StaffParts,
  { alert }: OpenedAlert,
  actor: StaffMember,
  now: number,
): Promise<boolean> =>
  alert.state === 'closed' &&
  handlesAlerts(actor.role) &&
  mayReopen(alert, await presentOf(parts, actor, now), now);

/** The alert as a staff member may see it now; null when there is none for them. */
export const forActor = async (
  parts: StaffParts,
  id: string,
  actor: StaffMember,
  now: number,
): Promise<OpenedAlert | null> => {
  const opened = await findAlert(parts, id);
  if (opened === null) return null;
  return mayHandle(actor, opened.alert) || (await seesClosed(parts, opened, actor, now)) ? opened : null;
};

const ownerLine = async (parts: StaffParts, { alert }: OpenedAlert, actor: StaffMember): Promise<Line> => {
  if (alert.owner === actor.id) return line(`alert.yours.${alert.state}`);
  const name = await staffName(parts, alert.owner);
  return line(`alert.owner.${alert.state}`, { name });
};

/** What the conversation is to say of an alert, lines and buttons: with all of it for its owner, masked for others. */
export const showAlert = async (
  parts: StaffParts,
  opened: OpenedAlert,
  actor: StaffMember,
  now: number,
  first: readonly Line[] = [],
): Promise<ServiceResult> => {
  const mine = opened.alert.owner === actor.id;
  const card = mine ? fullCard(opened) : maskedCard(opened);
  const told = opened.alert.state === 'open' || first.length > 0;
  const owner = told ? [] : [await ownerLine(parts, opened, actor)];
  const lines = [...first, ...card, ...countdown(parts, opened, now), ...owner];
  const choices = await choicesFor(parts, opened, actor, now);
  return { value: { is: 'shown', lines, choices } as unknown as Json };
};
