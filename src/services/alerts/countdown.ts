import { type Line, line } from '../../dialogue/say.ts';
import { minutesLate } from '../../domain/alertReport.ts';
import type { Level } from '../../domain/declaration.ts';
import { clockOf } from '../../domain/risk/ruleset.ts';
import type { StaffParts } from '../staff/parts.ts';
import type { OpenedAlert } from './record.ts';

const MINUTE = 60_000;

type Ruled = Pick<StaffParts, 'rules'>;

/** Within how long (ms) the authority must be told of an alert. */
export const reportWithin = ({ rules }: Ruled, level: Level): number =>
  clockOf(rules(), level).report * MINUTE;

/** When it was noted that the authority was told, by whom, and how late that was. */
const reported = (at: number, due: number, name: string): Line => {
  const minutes = minutesLate(at, due);
  const values = { time: { time: at }, name };
  return minutes === 0 ? line('alert.reported', values) : line('alert.reported.late', { ...values, minutes });
};

/** By when the authority must have been told, and how long that is from now, or that it was; of what was closed only that. */
export const countdown = (parts: Ruled, { alert, body, at }: OpenedAlert, now: number): readonly Line[] => {
  const due = at + reportWithin(parts, alert.level);
  if (alert.reported !== undefined) return [reported(alert.reported, due, body.reportedBy ?? '')];
  if (alert.state === 'closed') return [];
  const time = { time: due };
  const minutes = Math.ceil((due - now) / MINUTE);
  return [minutes > 0 ? line('alert.report', { time, minutes }) : line('alert.reportLate', { time })];
};
