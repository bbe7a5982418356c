import type { AlertState } from '../alertState.ts';
import type { Level } from '../declaration.ts';
import type { CountedCampaign, CountedPassages } from './counted.ts';

export type ByLevel = Readonly<Record<Level, number>>;

/** What was declared for one place of stay. */
export interface AreaFigures {
  /** Area path, or `ELSEWHERE`. */
  readonly area: string;
  readonly declared: number;
  readonly entered: number;
  readonly byLevel: ByLevel;
}

/** Stays outside of the home province, all together. */
export const ELSEWHERE = 'elsewhere';

/** The figures of a day, or of a part of it. By risk and by commune add up to `declared`; withdrawn ones are apart. */
export interface DayFigures {
  readonly declared: number;
  readonly withdrawn: number;
  /** Of the declared: those whose journey began outside of the home province, and of these those from abroad. */
  readonly entered: number;
  readonly abroad: number;
  readonly byLevel: ByLevel;
  readonly byCommune: readonly AreaFigures[];
  /** Alerts that were raised, by what had become of them at the end. */
  readonly raised: number;
  readonly byState: Readonly<Record<AlertState, number>>;
  /** Minutes nobody had an alert; null without any. */
  readonly median: number | null;
  readonly longest: number | null;
}

export interface Report {
  readonly day: string;
  readonly until: number;
  readonly area: string;
  readonly today: DayFigures;
  /** To the same hour. */
  readonly yesterday: DayFigures;
  /** Oldest first; the last one is today, as far as it went. */
  readonly days: readonly { readonly day: string; readonly declared: number; readonly byLevel: ByLevel }[];
  /** Alerts nobody has at this moment, and how long the longest has waited (minutes). */
  readonly open?: { readonly count: number; readonly longest: number | null };
  /** Of the whole province: empty in a commune's report. */
  readonly campaigns: readonly CountedCampaign[];
  readonly passages: readonly CountedPassages[];
}
