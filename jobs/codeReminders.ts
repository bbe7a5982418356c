import { tellEndingCodes } from '../src/services/reminders/codes.ts';
import type { Tick } from '../src/services/ticks/tick.ts';
import type { JobParts } from './parts.ts';

/** Tells people in the morning that their lookup code ends today. */
export const codeReminders = ({ real }: Pick<JobParts, 'real'>): Tick => ({
  name: 'codeReminders',
  cron: '* 7-21 * * *',
  run: (now) => tellEndingCodes(real.staff, now),
});
