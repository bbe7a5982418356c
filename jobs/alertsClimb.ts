import { climbAlerts } from '../src/services/alerts/climb.ts';
import { climbHeld } from '../src/services/alerts/held.ts';
import { remindOfReports } from '../src/services/alerts/reportDue.ts';
import { ALERT_CLOCK } from '../src/services/ticks/silence.ts';
import type { Tick } from '../src/services/ticks/tick.ts';
import type { JobParts } from './parts.ts';

/**
 * Sends on, up the ladder, what nobody has claimed in time; tells of what lies with its owner, and reminds the owner that
 * the authority must be told.
 */
export const alertsClimb = ({ real, exercise }: JobParts): Tick => ({
  name: ALERT_CLOCK,
  cron: '*/10 * * * * *',
  run: async (now) => {
    let sent = 0;
    for (const { staff, write, life } of [real, exercise]) {
      sent += await climbAlerts(staff, write, 'due', now, life);
      sent += await climbHeld(staff, write, now, life);
      sent += await remindOfReports(staff, write, now, life);
    }
    return sent;
  },
});
