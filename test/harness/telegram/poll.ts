import { conflict } from './refusal.ts';
import type { Updates } from './updates.ts';
import type { Update } from './wire.ts';

interface Asked {
  readonly offset: number;
  readonly limit: number;
  /** ms */
  readonly wait: number;
  readonly gone: AbortSignal;
}

interface Held {
  readonly end: (why: Error) => void;
  readonly look: () => void;
}

const OTHER = 'terminated by other getUpdates request; make sure that only one bot instance is running';

/** getUpdates: an offset confirms all before it; one request waits at a time, and the newest wins. */
export const createPoll = (updates: Updates) => {
  let held: Held | undefined;

  const confirm = (offset: number): void => {
    if (offset > 0) updates.confirm(offset);
    if (offset >= 0) return;
    const first = updates.live().at(offset) ?? updates.live()[0];
    if (first !== undefined) updates.confirm(first.update.update_id);
  };

  const ready = (limit: number): Update[] => {
    const seen = new Set<Update>();
    for (const { update } of updates.live()) if (seen.size < limit) seen.add(update);
    return [...seen];
  };

  const hold = ({ limit, wait, gone }: Asked): Promise<Update[]> =>
    new Promise((resolve, reject) => {
      const settle = (act: () => void): void => {
        clearTimeout(timer);
        gone.removeEventListener('abort', leave);
        if (held === mine) held = undefined;
        act();
      };
      const leave = (): void => settle(() => resolve([]));
      const mine: Held = {
        end: (why) => settle(() => reject(why)),
        look: () => {
          const found = ready(limit);
          if (found.length > 0) settle(() => resolve(found));
        },
      };
      const timer = setTimeout(leave, wait);
      gone.addEventListener('abort', leave);
      held = mine;
    });

  const ask = async (asked: Asked): Promise<Update[]> => {
    held?.end(conflict(OTHER));
    confirm(asked.offset);
    const found = ready(asked.limit);
    return found.length > 0 || asked.wait === 0 || asked.gone.aborted ? found : hold(asked);
  };

  updates.onNew(() => held?.look());
  return { ask, end: (why: Error): void => held?.end(why) };
};

export type Poll = ReturnType<typeof createPoll>;
