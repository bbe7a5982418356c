import { checkBroadcasts } from './checkBroadcasts.ts';
import { checkNotices } from './checkNotices.ts';
import { checkOrder } from './checkOrder.ts';
import { checkPace } from './checkPace.ts';
import type { Evidence } from './evidence.ts';
import { Findings } from './findings.ts';
import { leftBehind, unlawful } from './history.ts';
import { type Story, storiesOf } from './stories.ts';

/** How a row may end. */
const ENDS: ReadonlySet<string> = new Set(['sent', 'failed', 'suppressed', 'expired', 'unknown']);

/** A question that got stuck, or may have come, need not be asked again once a newer one about the same was. */
const isSaidAnew = ({ newer }: Story): boolean => newer?.state === 'sent';

/** One row, one end; what is marked as sent has been sent, and only what was in doubt may be unknown. */
const checkEnd = (story: Story, found: Findings): void => {
  const { planned, rows, taken, doubts, refused } = story;
  const { id, expect, purpose } = planned;
  const [row] = rows;
  if (row === undefined) return found.wrong('lost', `${id}: there is no row`);
  const { state } = row;
  if (!ENDS.has(state)) return found.wrong('lost', `${id}: still ${state}`);
  if (state === 'sent' && taken.length === 0) return found.wrong('lost', `${id}: marked as sent, never came`);
  if (state === 'unknown') {
    found.of[purpose].unknown += 1;
    if (purpose === 'alert' || (doubts === 0 && !refused))
      found.wrong('lost', `${id}: unknown after ${doubts} doubts`);
    return;
  }
  if (state === 'suppressed' && isSaidAnew(story)) return;
  if (state !== expect) found.wrong('lost', `${id}: ${state}, and should be ${expect}`);
};

const checkCopies = ({ planned, taken, doubts }: Story, found: Findings): void => {
  const { id, purpose, expect } = planned;
  const most = purpose === 'campaign' ? 1 : purpose === 'movementReminder' ? 2 : Number.POSITIVE_INFINITY;
  const more = taken.length - 1;
  found.of[purpose].bound += doubts;
  if (expect === 'expired' && taken.length <= doubts) return; // nobody knew that it had come when its time was over
  if (expect !== 'sent') return found.wrong('unwanted', `${id}: sent, and should be ${expect}`, taken.length);
  found.of[purpose].twice += Math.max(0, more);
  found.wrong('doubled', `${id}: came ${taken.length} times`, taken.length - most);
  if (purpose !== 'campaign')
    found.wrong('doubled', `${id}: ${taken.length} times, ${doubts} doubts`, more - doubts);
  // A process that was stopped may send its own, the first one, after another has sent the copy.
  const unsaid = taken.filter(({ again }) => !again).length - 1;
  found.wrong('unsaid', `${id}: a copy does not say that it is one`, unsaid);
};

/** Nothing leaves before its time, nor in the night: rows of what keeps quiet are due from the morning on. */
const checkTime = ({ planned, taken }: Story, { clock, skew }: Evidence, found: Findings): void => {
  const early = taken.filter(({ at }) => clock(at) < planned.from - skew);
  found.wrong('early', `${planned.id}: sent before its time`, early.length);
};

/** Nothing but what was planned: neither a row nor a message. */
const checkStrays = ({ planned, rows, told }: Evidence, found: Findings): void => {
  const ids = new Set(planned.map(({ id }) => id));
  const stray = rows.filter(({ _id }) => !ids.has(_id));
  const unknown = told.filter(({ tag }) => tag === undefined).length;
  for (const { _id } of stray) found.wrong('strays', `${_id}: a row that nobody planned`);
  found.wrong('strays', `${unknown} messages that nobody planned`, unknown);
};

const waitsOf = (stories: readonly Story[]): readonly number[] =>
  stories
    .flatMap(({ planned: { purpose, committed }, taken: [first] }) =>
      purpose === 'alert' && first !== undefined ? [Math.max(0, first.at - committed)] : [],
    )
    .sort((a, b) => a - b);

/** Looks at what the platforms saw and at what the database holds and did, and counts what does not fit. */
export const check = (evidence: Evidence): Findings => {
  const found = new Findings();
  const stories = storiesOf(evidence);
  for (const story of stories) {
    checkEnd(story, found);
    checkCopies(story, found);
    checkTime(story, evidence, found);
  }
  checkStrays(evidence, found);
  checkPace(evidence, found);
  checkOrder(stories, evidence, found);
  checkBroadcasts(evidence, found);
  checkNotices(evidence, found);
  for (const sentence of unlawful(evidence.steps)) found.wrong('unlawful', sentence);
  const left = leftBehind(evidence.steps);
  found.waits = waitsOf(stories);
  found.smoothWaits = waitsOf(stories.filter(({ planned }) => !left.has(planned.id)));
  return found;
};
