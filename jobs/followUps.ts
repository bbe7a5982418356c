import { askFollowUps } from '../src/services/followUps/ask.ts';
import type { Tick } from '../src/services/ticks/tick.ts';
import type { JobParts } from './parts.ts';

/** Asks those under monitoring, morning and evening, how they are; who does not answer for days is an alert. */
export const followUps = ({ real }: Pick<JobParts, 'real'>): Tick => ({
  name: 'followUps',
  cron: '* * * * *',
  run: (now) => askFollowUps(real, now),
});
