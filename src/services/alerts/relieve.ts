import { line } from '../../dialogue/say.ts';
import { mayRelease, mayStepIn } from '../../domain/alertHeld.ts';
import { type Effect, update } from '../../store/effect.ts';
import type { ServiceResult } from '../service.ts';
import type { StaffParts } from '../staff/parts.ts';
import { type StaffMember, staffName } from '../staff/record.ts';
import { withHad } from './had.ts';
import { maskedPerson } from './lines.ts';
import { type OpenedAlert, sealAlert } from './record.ts';
import { released } from './release.ts';
import { showAlert } from './show.ts';
import { tellStaff } from './tell.ts';

/**
 * Whoever had it hears what somebody else did about it, and so does whoever was told that it stood still.
 * @param what the end of the catalogue keys: `alert.news.<what>` and, for those told, `alert.news.<what>.told`
 */
export const newsOf = async (
  what: 'steppedIn' | 'sentOut' | 'closed',
  parts: StaffParts,
  { alert, body }: OpenedAlert,
  actor: StaffMember,
  now: number,
): Promise<readonly Effect[]> => {
  const { owner = actor.id, told = [] } = alert;
  const values = { who: maskedPerson(body.declared.person), name: actor.name };
  const telling = { purpose: 'alertNews', about: alert.id, rev: alert.rev + 1, at: now } as const;
  const tell = (ids: readonly string[], key: string) =>
    tellStaff(
      parts,
      ids.filter((id) => id !== actor.id),
      { ...telling, notes: [line(key, values)] },
    );
  const others = told.filter((id) => id !== owner);
  return [...(await tell([owner], `alert.news.${what}`)), ...(await tell(others, `alert.news.${what}.told`))];
};

const takenOver = ({ alert }: OpenedAlert, by: string, now: number): Effect => {
  const at = new Date(now);
  const history = ['released', 'claimed'].map((what) => ({ what, at, by }));
  return update(
    'alerts',
    { _id: alert.id, rev: alert.rev, state: alert.state },
    {
      $set: { state: 'claimed', owner: by, climbAt: at },
      $unset: { stalled: '' },
      $inc: { rev: 1 },
      $push: { history: { $each: history } },
    },
    { must: true },
  );
};

/** Somebody who was told that it stands still takes it over, in one write: it is never nobody's, nor two people's. */
export const stepIn = async (
  parts: StaffParts,
  opened: OpenedAlert,
  actor: StaffMember,
  now: number,
): Promise<ServiceResult> => {
  if (!mayStepIn(opened.alert, actor.id)) return showAlert(parts, opened, actor, now);
  const { told: _settled, ...before } = opened.alert;
  const alert = { ...before, state: 'claimed', owner: actor.id, rev: before.rev + 1 } as const;
  const next = { ...opened, alert };
  const { value } = await showAlert(parts, next, actor, now, [line('alert.claimed')]);
  const told = await newsOf('steppedIn', parts, opened, actor, now);
  return { value, effects: [takenOver(opened, actor.id, now), ...told] };
};

/** It goes out again, to the first two rungs at once: those of the first have had it. */
const AGAIN_FROM = { rung: 1 };

/** Its owner gives it back, or somebody who was told that it stands still sends it to the others. */
export const release = async (
  parts: StaffParts,
  opened: OpenedAlert,
  actor: StaffMember,
  now: number,
): Promise<ServiceResult> => {
  if (!mayRelease(opened.alert, actor.id)) return showAlert(parts, opened, actor, now);
  const { alert, body } = opened;
  const told = await newsOf('sentOut', parts, opened, actor, now);
  const had = withHad(body, { name: await staffName(parts, alert.owner), at: now });
  const change = { ...AGAIN_FROM, sealed: sealAlert(parts, alert.id, had) };
  return { value: { is: 'released' }, effects: [released(alert, actor.id, now, change), ...told] };
};
