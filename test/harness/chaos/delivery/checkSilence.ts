import type { Broadcast } from './broadcast.ts';
import type { Evidence } from './evidence.ts';
import type { Findings } from './findings.ts';
import { tagOfRow } from './sign.ts';
import { stoodIn } from './standstill.ts';

/** Within so long (ms) a pause or a stop holds in every process. */
const HOLDS_WITHIN = 1_000;

/** From when to when nothing of it may be sent (ms of the real clock). */
const silences = ({ acts }: Broadcast): readonly (readonly [number, number])[] =>
  acts.flatMap(({ what, done }, n) =>
    what === 'resume' ? [] : [[done + HOLDS_WITHIN, acts[n + 1]?.asked ?? Number.POSITIVE_INFINITY] as const],
  );

/**
 * While it is paused, and after it was stopped, nothing leaves whose intent is younger than a second. What had been about
 * to leave before may still: a process that was stopped sends it when it goes on.
 */
export const checkSilence = (
  broadcast: Broadcast,
  { told, standstills }: Evidence,
  intents: Intents,
  found: Findings,
): void => {
  for (const [from, to] of silences(broadcast)) {
    const late = told.filter(({ at, tag, status }) => {
      if (status !== 200 || !tag?.startsWith(`${broadcast.id}|`) || at < from || at > to) return false;
      const intended = Math.max(0, ...(intents.get(tag) ?? []).filter((one) => one <= at));
      return intended > from + stoodIn(standstills, from - HOLDS_WITHIN, intended);
    });
    for (const { tag, at } of late)
      found.wrong('notHeld', `${tag}: sent ${at - from + HOLDS_WITHIN} ms after it was held`);
  }
};

type Intents = ReadonlyMap<string, readonly number[]>;

export const intentsIn = ({ steps }: Evidence): Intents => {
  const intents = new Map<string, number[]>();
  for (const { id, state, at } of steps) {
    if (state !== 'submitting' || at === undefined) continue;
    const tag = tagOfRow(id);
    intents.set(tag, [...(intents.get(tag) ?? []), at]);
  }
  return intents;
};
