/** A way to reach somebody: a chat we know, or an address of a channel they never wrote on. */
export interface Way {
  readonly channel: string;
  /** Id the conversation has, or would have. */
  readonly chat: string;
}

/** The ways a campaign takes, in the order of its channels. The same for the same ways, in whatever order they came. */
export const waysInOrder = <T extends Way>(ways: readonly T[], channels: readonly string[]): readonly T[] =>
  ways
    .filter(({ channel }) => channels.includes(channel))
    .toSorted(
      (a, b) => channels.indexOf(a.channel) - channels.indexOf(b.channel) || (a.chat < b.chat ? -1 : 1),
    );

/** What came of the day before. */
export interface LastTry {
  /** Which of the ways it was. */
  readonly way: number;
  readonly reached: boolean;
}

/** Which way a day takes: the same as long as it reaches the person, else the next; after the last the first again. */
export const nextWay = (count: number, last: LastTry | undefined): number => {
  if (last === undefined || count === 0) return 0;
  return (last.reached ? last.way : last.way + 1) % count;
};
