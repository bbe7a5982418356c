import { PURPOSES, type PurposeTried } from './evidence.ts';

/** What may not happen, each with its column. */
const WRONGS = [
  'lost',
  'strays',
  'doubled',
  'unsaid',
  'unwanted',
  'early',
  'tooFast',
  'notStopped',
  'unlawful',
  'outOfOrder',
  'miscounted',
  'notHeld',
] as const;
export type Wrong = (typeof WRONGS)[number];

export interface Count {
  /** Copies beyond the first. */
  twice: number;
  /** Rows of which nobody knows whether they arrived. */
  unknown: number;
  /** As many as both may be together. */
  bound: number;
}

/** What the checker came upon. */
export class Findings {
  readonly counts = Object.fromEntries(WRONGS.map((what) => [what, 0])) as Record<Wrong, number>;
  readonly of = Object.fromEntries(
    PURPOSES.map((purpose) => [purpose, { twice: 0, unknown: 0, bound: 0 }]),
  ) as Record<PurposeTried, Count>;
  /** Older words that came after a newer one about the same thing, and as many as may, for something held them up. */
  readonly order = { late: 0, bound: 0 };
  /** Campaign messages that left between an alert's commit and its leaving, where no process left it behind; the fewest first. */
  ahead: readonly number[] = [];
  /** Most messages of a bot in any second. */
  fastest = 0;
  /** From the commit of an alert until it reached the platform, in ms, the shortest first. */
  waits: readonly number[] = [];
  /** The same of those that no process left behind. */
  smoothWaits: readonly number[] = [];
  /** What was wrong, in words, for whoever looks for the cause. */
  readonly sentences: string[] = [];

  wrong(what: Wrong, sentence: string, times = 1): void {
    if (times <= 0) return;
    this.counts[what] += times;
    this.sentences.push(`${what}: ${sentence}`);
  }

  /** Something that has no column in the line, and must not be either. */
  alas(sentence: string): void {
    this.sentences.push(sentence);
  }
}

/** What so large a share of the sorted numbers does not exceed; 0 when there is none. */
export const mostOf = (sorted: readonly number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
