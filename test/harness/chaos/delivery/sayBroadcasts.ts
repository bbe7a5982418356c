import { say } from '../report.ts';
import { type Broadcast, FATES } from './broadcast.ts';

/** Says what campaigns there were, and what became of their recipients and messages. */
export const sayBroadcasts = (broadcasts: readonly Broadcast[]): void => {
  const all = <T>(of: (one: Broadcast) => readonly T[]): readonly T[] => broadcasts.flatMap(of);
  const fates = [...new Set(FATES)].map(
    (fate) => `${fate} ${broadcasts.filter((one) => one.fate === fate).length}`,
  );
  const rows = new Map<string, number>();
  for (const { state } of all((one) => one.rows)) rows.set(state, (rows.get(state) ?? 0) + 1);
  const states = [...rows].map(([state, count]) => `${state} ${count}`).join(', ');
  say(
    `campaigns by the tick ${broadcasts.length} (${fates.join(', ')}), days ${all((one) => one.occurrences).length}, ` +
      `recipients ${all((one) => one.audience).length}, their messages: ${states}`,
  );
};
