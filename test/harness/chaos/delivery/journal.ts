/**
 * What a sender process noted, one thing a line: `life` a process began; `+` the intent to send a row is written;
 * `-` it is known how that ended; `?` nobody knows; `~` it was to be written, and the row was somebody else's by then;
 * `!` it was somebody else's when the intent was written: nothing was sent, though the intent may stand there. `epoch`: how
 * often the row had been taken from a holder before.
 */
export type Journal = readonly (readonly [what: string, id: string, epoch: string])[];

export const readJournal = (text: string): Journal =>
  text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      const [what = '', epoch = ''] = line.split(' ', 2);
      return [what, line.slice(what.length + epoch.length + 2), epoch] as const;
    });

/**
 * How often it could not be known whether a row had been sent, by its id: its process died or was stopped for too long
 * between the intent and the mark, the line broke, or no answer came. So often it may come twice.
 */
export const doubtsIn = (journals: readonly Journal[]): ReadonlyMap<string, number> => {
  const doubts = new Map<string, number>();
  const add = (id: string): void => void doubts.set(id, (doubts.get(id) ?? 0) + 1);
  for (const journal of journals) {
    const open = new Map<string, string>();
    for (const [what, id, epoch] of journal) {
      const intent = `${epoch} ${id}`; // the same may be written twice: a broken line tells nothing
      if (what === 'life') for (const each of open.values()) add(each);
      if (what === 'life') open.clear();
      if (what === '+') open.set(intent, id);
      else if (open.delete(intent) && what !== '-' && what !== '!') add(id);
    }
    for (const each of open.values()) add(each);
  }
  return doubts;
};

/** Rows that a process let go because they were not its own any more when it had written its intent. */
export const refusedIn = (journals: readonly Journal[]): ReadonlySet<string> =>
  new Set(journals.flatMap((journal) => journal.filter(([what]) => what === '!').map(([, id]) => id)));
