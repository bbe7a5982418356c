import { type Line, line } from '../../dialogue/say.ts';
import { clockOf } from '../../domain/risk/ruleset.ts';
import type { StaffParts } from '../staff/parts.ts';
import type { OpenedAlert } from './record.ts';

const MINUTE = 60_000;

/** By when the authority must have been told, and how long that is from now; nothing once the alert is closed. */
export const countdown = (
  { rules }: Pick<StaffParts, 'rules'>,
  { alert, at }: OpenedAlert,
  now: number,
): readonly Line[] => {
  if (alert.state === 'closed') return [];
  const until = at + clockOf(rules(), alert.level).report * MINUTE;
  const time = { time: until };
  const minutes = Math.ceil((until - now) / MINUTE);
  return [minutes > 0 ? line('alert.report', { time, minutes }) : line('alert.reportLate', { time })];
};
