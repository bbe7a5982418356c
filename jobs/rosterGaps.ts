import { reportGaps } from '../src/services/roster/gaps.ts';
import type { Tick } from '../src/services/ticks/tick.ts';
import type { JobParts } from './parts.ts';

/** Tells leaders and admins where nobody will be on duty within the next 24 hours; of each gap once, as long as it stays open. */
export const rosterGaps = ({ real }: Pick<JobParts, 'real'>): Tick => ({
  name: 'rosterGaps',
  cron: '*/10 * * * *',
  run: (now) => reportGaps(real, now),
});
