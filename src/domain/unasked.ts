/**
 * What is sent without anybody having asked for it: each kind can be stopped by its reader, and begun again. A duty alert is
 * none of these: it is stopped by somebody who takes it.
 */
export const UNASKED = ['movement', 'draft', 'followUp', 'codeEnding', 'campaign', 'report'] as const;
export type Unasked = (typeof UNASKED)[number];

/** The name in a chat's memory under which the kinds stand that its reader has stopped. */
export const UNWANTED = 'unwanted';

type Memory = Readonly<Record<string, unknown>>;

/** The kinds that were stopped in a chat. */
export const unwantedIn = (memory: Memory): readonly Unasked[] => {
  const stored = memory[UNWANTED];
  return Array.isArray(stored) ? UNASKED.filter((kind) => stored.includes(kind)) : [];
};

/** What is remembered when a reader stops a kind, or all of them. */
export const withStop = (memory: Memory, kind: Unasked | 'all'): readonly Unasked[] => {
  const before = unwantedIn(memory);
  return UNASKED.filter((each) => kind === 'all' || each === kind || before.includes(each));
};

/** The same when they want it again. */
export const withoutStop = (memory: Memory, kind: Unasked | 'all'): readonly Unasked[] =>
  kind === 'all' ? [] : unwantedIn(memory).filter((each) => each !== kind);
