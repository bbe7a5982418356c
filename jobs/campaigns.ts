import { runCampaigns } from '../src/services/campaigns/run.ts';
import type { Tick } from '../src/services/ticks/tick.ts';
import type { JobParts } from './parts.ts';

/** Begins the days of campaigns, makes their rows, and ends what is over. */
export const campaigns = ({ real }: JobParts): Tick => ({
  name: 'campaigns',
  cron: '*/10 * * * * *',
  run: (now) => runCampaigns(real, now),
});
