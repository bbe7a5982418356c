import type { CountedCampaign, CountedPassages } from '../../domain/report/counted.ts';

/** What other parts of the house count for a report, of one day up to a moment (ms since 1970). */
export interface ReportCounters {
  campaigns(day: string, until: number): Promise<readonly CountedCampaign[]>;
  passages(day: string, until: number): Promise<readonly CountedPassages[]>;
}

/** There are no campaigns and no checkpoints in the product yet: nothing is counted, and the report shows neither. */
export const COUNTERS: ReportCounters = {
  campaigns: async () => [],
  passages: async () => [],
};
