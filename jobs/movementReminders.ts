import { askMovements } from '../src/services/reminders/movement.ts';
import type { Tick } from '../src/services/ticks/tick.ts';
import type { JobParts } from './parts.ts';

/** Asks those who declared whether they are still where they said; what one minute does not manage the next one does. */
export const movementReminders = ({ real }: Pick<JobParts, 'real'>): Tick => ({
  name: 'movementReminders',
  cron: '* 7-21 * * *',
  run: (now) => askMovements(real, now),
});
