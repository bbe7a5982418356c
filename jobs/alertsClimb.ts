import { climbAlerts } from '../src/services/alerts/climb.ts';
import type { Tick } from '../src/services/ticks/tick.ts';
import type { JobParts } from './parts.ts';

/** Sends on, up the ladder, what nobody has claimed in time. */
export const alertsClimb = ({ real, exercise }: JobParts): Tick => ({
  name: 'alertsClimb',
  cron: '*/10 * * * * *',
  run: async (now) => {
    for (const { staff, write, life } of [real, exercise]) await climbAlerts(staff, write, 'due', now, life);
  },
});
