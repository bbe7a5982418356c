import type { CountedCampaign, CountedPassages } from '../../domain/report/counted.ts';
import type { Collections } from '../../store/collections.ts';
import { countCampaigns } from './countCampaigns.ts';
import { countPassages } from './countPassages.ts';

/** What is counted of one part of the house, for one day up to a moment (ms since 1970). */
type Counter<Row> = (collections: Collections, day: string, until: number) => Promise<readonly Row[]>;

export interface ReportCounters {
  readonly campaigns: Counter<CountedCampaign>;
  readonly passages: Counter<CountedPassages>;
}

export const COUNTERS: ReportCounters = {
  campaigns: countCampaigns,
  passages: countPassages,
};
