import { climbAlerts } from '../src/services/alerts/climb.ts';
import { climbHeld } from '../src/services/alerts/held.ts';
import type { Tick } from '../src/services/ticks/tick.ts';
import type { JobParts } from './parts.ts';

/** Sends on, up the ladder, what nobody has claimed in time; and tells of what lies with its owner. */
export const alertsClimb = ({ real, exercise }: JobParts): Tick => ({
  name: 'alertsClimb',
  cron: '*/10 * * * * *',
  run: async (now) => {
    for (const { staff, write, life } of [real, exercise]) {
      await climbAlerts(staff, write, 'due', now, life);
      await climbHeld(staff, write, now, life);
    }
  },
});
