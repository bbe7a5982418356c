import type { Evidence } from './evidence.ts';
import type { Findings } from './findings.ts';
import { leftBehind, type Step } from './history.ts';
import type { Story } from './stories.ts';

/** Where in the history a row was first taken to be sent, by which look, and where it was marked as sent. */
interface Way {
  claimed: number;
  claim: string | undefined;
  sent: number;
}

const waysOf = (steps: readonly Step[]): ReadonlyMap<string, Way> => {
  const ways = new Map<string, Way>();
  for (const [n, { id, inserted, state, claim }] of steps.entries()) {
    if (inserted) continue;
    const way = ways.get(id);
    if (state === 'leased' && way === undefined) ways.set(id, { claimed: n, claim, sent: steps.length });
    else if (state === 'sent' && way !== undefined) way.sent = n;
  }
  return ways;
};

/**
 * Whether the newer word may overtake: some process had taken the older one, before or with the newer one, and had not
 * got it off its hands, because it died, was stopped or slow, or its platform refused; or nobody knows whether it had.
 */
const mayBeOvertaken = (older: Story, a: Way | undefined, b: Way | undefined): boolean => {
  if (older.doubts > 0) return true;
  if (a === undefined || b === undefined || a.sent < b.claimed) return false;
  return a.claimed < b.claimed || (a.claim !== undefined && a.claim === b.claim);
};

/** An older word about the same thing comes before a newer one, unless something held it up when the newer one's turn came. */
const checkWords = (stories: readonly Story[], { steps }: Evidence, found: Findings): void => {
  const known = new Map(stories.map((story) => [story.planned.id, story]));
  const ways = waysOf(steps);
  for (const { planned, taken } of stories) {
    const older = known.get(planned.after ?? '');
    const [first, last] = [taken[0], older?.taken.at(-1)];
    if (older === undefined || first === undefined || last === undefined) continue;
    const excused = mayBeOvertaken(older, ways.get(older.planned.id), ways.get(planned.id));
    if (excused) found.order.bound += 1;
    if (last.at <= first.at) continue;
    found.order.late += 1;
    if (!excused) found.wrong('outOfOrder', `${older.planned.id}: came after ${planned.id}`);
  }
};

/** How many campaign messages of its bot left between an alert's commit and its own leaving, where nobody left it behind. */
const aheadOf = (stories: readonly Story[], { steps }: Evidence): readonly number[] => {
  const left = leftBehind(steps);
  const campaign = stories.filter(({ planned }) => planned.purpose === 'campaign');
  const times = campaign.flatMap(({ taken }) => taken);
  return stories
    .flatMap(({ planned: { id, purpose, committed }, taken: [first] }) => {
      if (purpose !== 'alert' || first === undefined || left.has(id)) return [];
      return [times.filter(({ bot, at }) => bot === first.bot && at > committed && at < first.at).length];
    })
    .sort((a, b) => a - b);
};

export const checkOrder = (stories: readonly Story[], evidence: Evidence, found: Findings): void => {
  checkWords(stories, evidence, found);
  found.ahead = aheadOf(stories, evidence);
};
