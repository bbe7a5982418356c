import { remindOfDrafts } from '../src/services/reminders/drafts.ts';
import type { Tick } from '../src/services/ticks/tick.ts';
import type { JobParts } from './parts.ts';

/** Reminds those who left a declaration unfinished. */
export const draftReminders = ({ real, leftBehind }: JobParts): Tick => ({
  name: 'draftReminders',
  cron: '*/5 * * * *',
  run: (now, since) => remindOfDrafts({ ...real.staff, leftBehind }, now, since),
});
