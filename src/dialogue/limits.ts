/** The engine's limits, in one place and by name; every one can be changed for a test or a province. */
export interface Limits {
  /** Characters of one answer. A note to the staff is a paragraph, not a book. */
  readonly answerLength: number;
  /** Questions one run may ask; more is a flow that loops. */
  readonly questionsPerRun: number;
  /** Conversations open in one chat: the one talked to and those put aside. */
  readonly runsPerChat: number;
  /** A draft nobody touched for so long is dropped (ms). */
  readonly draftLife: number;
  /** Bytes of a photo; phones send 2 to 6 MB. */
  readonly photoBytes: number;
  /** Wrong answers in a row before an easier way is offered. */
  readonly tries: number;
  /** Choices on one phone screen; more are paged. */
  readonly choicesPerPage: number;
  /** Answers taken from one line. */
  readonly answersPerLine: number;
  /** The same button again within so many ms is one press that arrived twice. */
  readonly doublePress: number;
}

export const LIMITS: Limits = {
  answerLength: 500,
  questionsPerRun: 200,
  runsPerChat: 3,
  draftLife: 48 * 3_600_000,
  photoBytes: 8 * 1024 * 1024,
  tries: 3,
  choicesPerPage: 10,
  answersPerLine: 12,
  doublePress: 3_000,
};
