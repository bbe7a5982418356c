import { line } from '../../dialogue/say.ts';
import { available } from '../../store/errors.ts';
import { type Office, tellOnce } from '../alerts/office.ts';
import { membersFor } from '../roster/members.ts';

/** So long without a tick that ended well: alerts do not climb, and somebody must know (ms). */
const SILENT = 3 * 60_000;

/** Since when no tick has ended (ms since 1970); null while they come, and where there never was one. */
const silentSince = async (
  { staff: { collections } }: Pick<Office, 'staff'>,
  now: number,
): Promise<number | null> => {
  const ended = { endedAt: { $exists: true } };
  const last = await available(collections.ticks.findOne(ended, { sort: { endedAt: -1 } }));
  const at = last?.endedAt?.getTime() ?? now;
  return now - at > SILENT ? at : null;
};

/**
 * The dead-man's switch: when no tick has come for three minutes, the administrators are told, once for each silence,
 * by whichever process lives. Returns since when it was silent.
 */
export const warnOfSilence = async (office: Office, now: number): Promise<number | null> => {
  const since = await silentSince(office, now);
  if (since === null) return null;
  const all = await membersFor(office.staff.collections, office.staff.home, now);
  const notes = [line('desk.silent', { from: { time: since }, to: { time: now } })];
  const telling = { purpose: 'deskSilent', about: `silence:${since}`, at: now, notes } as const;
  await tellOnce(
    office,
    all.filter(({ role, reachable }) => role === 'admin' && reachable),
    telling,
  );
  return since;
};
