import { line } from '../../dialogue/say.ts';
import { available } from '../../store/errors.ts';
import { type Office, tellAdmins } from '../alerts/office.ts';

/** The tick by which alerts climb. That others come says nothing of it: it may fail each time. */
export const ALERT_CLOCK = 'alertsClimb';

/** So long without one that ended well: alerts do not climb, and somebody must know (ms). It comes every ten seconds. */
const SILENT = 3 * 60_000;

/**
 * Since when none has ended well (ms since 1970); null while they do. Where none ever did: since the first one began, and
 * where none even began, since somebody watches.
 */
const silentSince = async (
  { staff: { collections } }: Pick<Office, 'staff'>,
  now: number,
  watched: number,
): Promise<number | null> => {
  const last = await available(collections.ticks.findOne({ _id: ALERT_CLOCK }));
  const at = (last?.endedAt ?? last?.firstAt)?.getTime() ?? watched;
  return now - at > SILENT ? at : null;
};

/**
 * The dead-man's switch: when the alerts' clock has not gone for three minutes, the administrators are told, once for each silence,
 * by whichever process lives. Returns since when it was silent.
 * @param watched since when this process watches; all ms since 1970
 */
export const warnOfSilence = async (office: Office, now: number, watched = now): Promise<number | null> => {
  const since = await silentSince(office, now, watched);
  if (since === null) return null;
  const notes = [line('desk.silent', { from: { time: since }, to: { time: now } })];
  await tellAdmins(office, { purpose: 'deskSilent', about: `silence:${since}`, at: now, notes });
  return since;
};
