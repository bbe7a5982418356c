import type { AlertState } from '../alertState.ts';
import type { Level } from '../declaration.ts';
import type { Lang } from '../lang.ts';

/** Where a declared journey began: in the home province, elsewhere in the country, or in another country. */
export type Origin = 'home' | 'province' | 'abroad';

/** Declarations that are alike, in their newest version, and how many there are. */
export interface CountedDeclarations {
  /** Area path of the stay: '12/03595'. */
  readonly area: string;
  readonly level: Level;
  readonly origin: Origin;
  readonly withdrawn: boolean;
  readonly count: number;
}

/** Declarations of one whole day that were not withdrawn. */
export interface CountedDay {
  /** 'YYYY-MM-DD'. */
  readonly day: string;
  readonly area: string;
  readonly level: Level;
  readonly count: number;
}

/** An alert that was raised on a day: its state at the end of it, and how long nobody had it, each time (minutes). */
export interface CountedAlert {
  readonly area: string;
  readonly state: AlertState;
  /** Of what an older release counted: it was claimed, and called about since. */
  readonly called?: true;
  readonly waits: readonly number[];
}

/** An alert nobody has, however old, and since when (ms since 1970). */
export interface CountedOpen {
  readonly area: string;
  readonly since: number;
}

/** One day of a campaign. */
export interface CountedCampaign {
  readonly name: string;
  /** Which of its days this is, from 1. */
  readonly day: number;
  readonly planned: number;
  readonly sent: number;
  readonly failed: number;
  /** Those who have declared since it was decided on, and were not written to any more. */
  readonly declared: number;
}

/** Today to the moment of counting, and yesterday to the same hour. */
export interface Pair {
  readonly today: number;
  readonly yesterday: number;
}

/** Travellers who were let pass at a checkpoint; who comes through twice is two. */
export interface CountedPassages extends Pair {
  /** What it is called, by language. */
  readonly checkpoint: Readonly<Record<Lang, string>>;
  /** Area path of the checkpoint. */
  readonly area: string;
  /** Of those with a plate: how many different ones. */
  readonly vehicles: Pair;
  readonly sentBack: Pair;
  readonly handedOver: Pair;
}

/**
 * Everything a report of one day is made of, for every area: numbers only, nobody can be found in it. Today goes to the
 * moment of counting; yesterday to the same hour, so that the two can be compared; `days` are whole, but for the last.
 */
export interface Counted {
  readonly day: string;
  /** The moment of counting (ms since 1970). */
  readonly until: number;
  readonly today: readonly CountedDeclarations[];
  readonly yesterday: readonly CountedDeclarations[];
  readonly days: readonly CountedDay[];
  readonly alertsToday: readonly CountedAlert[];
  readonly alertsYesterday: readonly CountedAlert[];
  /** Absent in a report of a day that lies behind: who had an alert then is not asked any more. */
  readonly open?: readonly CountedOpen[];
  readonly campaigns: readonly CountedCampaign[];
  readonly passages: readonly CountedPassages[];
}
