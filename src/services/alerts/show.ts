import { type Line, line } from '../../dialogue/say.ts';
import { mayHandle } from '../../domain/alert.ts';
import type { Json } from '../../domain/json.ts';
import type { ServiceResult } from '../service.ts';
import type { StaffParts } from '../staff/parts.ts';
import { type StaffMember, staffName } from '../staff/record.ts';
import { countdown } from './countdown.ts';
import { alertButtons, fullCard, maskedCard } from './lines.ts';
import { findAlert, type OpenedAlert } from './record.ts';

/** What the conversation is to say of an alert: its lines and buttons, ready. */
const shown = (lines: readonly Line[], opened: OpenedAlert, actor: StaffMember): Json =>
  ({ is: 'shown', lines, choices: alertButtons(opened.alert, actor.id) }) as unknown as Json;

export const gone = { value: { is: 'gone' } } as const;

/** The alert as a staff member may see it now; null when there is none for them. */
export const forActor = async (
  parts: StaffParts,
  id: string,
  actor: StaffMember,
): Promise<OpenedAlert | null> => {
  const opened = await findAlert(parts, id);
  return opened !== null && mayHandle(actor, opened.alert) ? opened : null;
};

const ownerLine = async (parts: StaffParts, { alert }: OpenedAlert, actor: StaffMember): Promise<Line> => {
  if (alert.owner === actor.id) return line(`alert.yours.${alert.state}`);
  const name = await staffName(parts, alert.owner);
  return line(`alert.owner.${alert.state}`, { name });
};

/** An alert with all of it for its owner, masked for others. */
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
  return { value: shown(lines, opened, actor) };
};
