import { line } from '../../dialogue/say.ts';
import { mayReopen } from '../../domain/alertReopen.ts';
import { type Effect, update } from '../../store/effect.ts';
import type { ServiceResult } from '../service.ts';
import type { StaffParts } from '../staff/parts.ts';
import { type StaffMember, staffName } from '../staff/record.ts';
import { withHad } from './had.ts';
import { maskedPerson } from './lines.ts';
import { presentOf } from './present.ts';
import { type AlertBody, type OpenedAlert, sealAlert } from './record.ts';
import { showAlert } from './show.ts';
import { tellStaff } from './tell.ts';

/** What came of it stands on the card as the note of whoever had it. */
const bodyAfter = async (parts: StaffParts, { alert, body }: OpenedAlert): Promise<AlertBody> => {
  const { closing, ...before } = body;
  const { at, by } = alert.closed ?? { at: 0, by: '' };
  return withHad(before, { name: await staffName(parts, by), at, ...(closing && { closing }) });
};

const reopened = (parts: StaffParts, { alert, body }: OpenedAlert, by: string, now: number): Effect => {
  const at = new Date(now);
  const sealed = sealAlert(parts, alert.id, body);
  return update(
    'alerts',
    { _id: alert.id, rev: alert.rev, state: 'closed' },
    {
      $set: { state: 'claimed', owner: by, waiting: false, climbAt: at, sealed },
      $unset: { outcome: '', stalled: '' },
      $inc: { rev: 1 },
      $push: { history: { what: 'reopened', at, by } },
    },
    { must: true },
  );
};

/** Members who were told that it was closed: by the messages of that revision. */
const toldOfClosing = async (
  { collections }: StaffParts,
  { alert }: OpenedAlert,
): Promise<readonly string[]> => {
  const news = { about: alert.id, purpose: 'alertNews', staff: { $exists: true } };
  const docs = await collections.deliveries.find(news, { projection: { staff: 1 } }).toArray();
  const of = `${alert.id}:alertNews:${alert.rev}:`;
  return docs.flatMap(({ _id, staff }) => (staff !== undefined && _id.startsWith(of) ? [staff] : []));
};

/** Whoever closed it, had it, or was told that it was closed hears who has it now. */
const newsOfReopening = async (
  parts: StaffParts,
  opened: OpenedAlert,
  actor: StaffMember,
  now: number,
): Promise<readonly Effect[]> => {
  const { alert, body } = opened;
  const { owner = actor.id, closed } = alert;
  const all = new Set([...(await toldOfClosing(parts, opened)), owner, closed?.by ?? actor.id]);
  return tellStaff(
    parts,
    [...all].filter((id) => id !== actor.id),
    {
      purpose: 'alertNews',
      about: alert.id,
      rev: alert.rev + 1,
      at: now,
      notes: [line('alert.news.reopened', { who: maskedPerson(body.declared.person), name: actor.name })],
    },
  );
};

/**
 * Opens an alert again that was closed a short while ago: from now on it is theirs who did, and its clock begins anew. A
 * monitoring that began with the closing goes on.
 */
export const reopen = async (
  parts: StaffParts,
  opened: OpenedAlert,
  actor: StaffMember,
  now: number,
): Promise<ServiceResult> => {
  const { alert } = opened;
  if (!mayReopen(alert, await presentOf(parts, actor, now), now)) {
    const why = alert.state === 'closed' ? [line('alert.refused.reopen')] : [];
    return showAlert(parts, opened, actor, now, why);
  }
  const { closed: _over, ...before } = alert;
  const body = await bodyAfter(parts, opened);
  const next = { ...before, state: 'claimed', owner: actor.id, rev: before.rev + 1 } as const;
  const { value } = await showAlert(parts, { ...opened, alert: next, body }, actor, now, [
    line('alert.reopened'),
  ]);
  const told = await newsOfReopening(parts, opened, actor, now);
  return { value, effects: [reopened(parts, { ...opened, body }, actor.id, now), ...told] };
};
