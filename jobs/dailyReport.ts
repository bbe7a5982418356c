import { REPORT_FROM, REPORT_UNTIL, sendDailyReport } from '../src/services/report/daily.ts';
import type { Tick } from '../src/services/ticks/tick.ts';
import type { JobParts } from './parts.ts';

/**
 * The day's figures to the leaders. A run that was missed while nobody lived, or that failed, is made up the same evening
 * (`startWatch`): they come once.
 */
export const dailyReport = ({ real }: Pick<JobParts, 'real'>): Tick => ({
  name: 'dailyReport',
  cron: '30 16 * * *',
  usefulFor: REPORT_UNTIL - REPORT_FROM,
  run: (now) => sendDailyReport(real, now),
});
