import { line } from '../../dialogue/say.ts';
import { mayReport } from '../../domain/alertReport.ts';
import { type Effect, update } from '../../store/effect.ts';
import type { ServiceResult } from '../service.ts';
import type { StaffParts } from '../staff/parts.ts';
import type { StaffMember } from '../staff/record.ts';
import { type OpenedAlert, sealAlert } from './record.ts';
import { showAlert } from './show.ts';

/** It is in the same hands and its clock goes on: to tell the authority is not to call the person. */
const noted = (parts: StaffParts, { alert, body }: OpenedAlert, by: string, now: number): Effect =>
  update(
    'alerts',
    { _id: alert.id, rev: alert.rev, state: alert.state },
    {
      $set: { sealed: sealAlert(parts, alert.id, body) },
      $inc: { rev: 1 },
      $push: { history: { what: 'reported', at: new Date(now), by } },
    },
    { must: true },
  );

/** Its owner notes that the authority was told of it. Pressed twice, or by somebody else, nothing changes. */
export const report = async (
  parts: StaffParts,
  opened: OpenedAlert,
  actor: StaffMember,
  now: number,
): Promise<ServiceResult> => {
  const { alert } = opened;
  if (!mayReport(alert, actor.id)) {
    const why = alert.reported === undefined ? [line('alert.refused.report')] : [];
    return showAlert(parts, opened, actor, now, why);
  }
  const body = { ...opened.body, reportedBy: actor.name };
  const next = { ...opened, body, alert: { ...alert, reported: now } };
  const { value } = await showAlert(parts, next, actor, now, [line('alert.reportNoted')]);
  return { value, effects: [noted(parts, next, actor.id, now)] };
};
