export interface Counts {
  updates: number;
  lost: number;
  doubled: number;
  reordered: number;
  repliesTwice: number;
  alertsMissing: number;
  alertsDoubled: number;
}

/** What may not happen at all; replies twice are only counted. */
type Wrong = Exclude<keyof Counts, 'updates' | 'repliesTwice'>;

/** What the checker came upon. */
export class Findings implements Counts {
  updates = 0;
  lost = 0;
  doubled = 0;
  reordered = 0;
  repliesTwice = 0;
  alertsMissing = 0;
  alertsDoubled = 0;
  /** What was wrong, in words, for whoever looks for the cause. */
  readonly sentences: string[] = [];

  wrong(what: Wrong, sentence: string, times = 1): void {
    if (times <= 0) return;
    this[what] += times;
    this.sentences.push(sentence);
  }

  /** Something that has no column in the line, and must not be either. */
  alas(sentence: string): void {
    this.sentences.push(sentence);
  }
}
