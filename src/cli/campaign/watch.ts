import { setTimeout as pause } from 'node:timers/promises';
import { SingleBar } from 'cli-progress';
import { type Progress, progressOf } from '../../services/campaigns/news.ts';
import { occurrenceId } from '../../services/campaigns/parts.ts';
import { figuresOf } from '../../services/campaigns/settle.ts';
import type { CliParts } from '../parts.ts';
import { staffParts } from '../staffParts.ts';
import { campaignBy } from './parts.ts';

/** Counting half a million rows takes a while: no more than this share of the time is spent on it. */
const SHARE = 10;
const LOOK_EVERY = 1_000;
/** Cells of the bar: with half a million recipients the whole line stands in a terminal of eighty. */
const BAR = 10;

interface Look {
  readonly progress: Progress | null;
  readonly state: string;
  readonly day: string;
}

const look = async (parts: CliParts, id: string, now: number): Promise<Look> => {
  const staff = await staffParts(parts);
  const { doc, days } = await campaignBy(staff, id);
  const today = days.findLast(({ dueAt }) => dueAt <= now);
  const figures = today && (await figuresOf(staff, occurrenceId(doc._id, today.day)));
  return { progress: figures ? progressOf(figures) : null, state: doc.state, day: today?.day ?? '' };
};

const isOver = ({ progress, state }: Look): boolean =>
  (state !== 'running' && state !== 'paused') || progress?.left === 0;

const sentence = (id: string, { progress, state, day }: Look): string => {
  if (progress === null) return `${id} is ${state}: nothing is being sent.`;
  const { total, sent, left, failed, kept } = progress;
  const out = kept === 0 ? '' : `, ${kept} left out on purpose (declared, opted out or stopped)`;
  return `${id} is ${state}. ${day}: ${sent} of ${total} sent, ${failed} failed, ${left} left${out}.`;
};

/** A bar that follows the day under way, until it is over. */
export const watchCampaign = async (parts: CliParts, id: string, clock = Date.now): Promise<string> => {
  const format = `${id} {day} [{bar}] {percentage} % | {value} of {total} | {failed} failed | {state}`;
  const looks = { hideCursor: true, clearOnComplete: true, barsize: BAR };
  const bar = new SingleBar({ format, stream: process.stderr, ...looks });
  bar.start(1, 0, { day: '', failed: 0, state: '' });
  try {
    for (;;) {
      const began = performance.now();
      const now = await look(parts, id, clock());
      const { total = 1, left = 1, failed = 0 } = now.progress ?? {};
      bar.setTotal(total);
      bar.update(total - left, { day: now.day, failed, state: now.state });
      if (isOver(now)) return sentence(id, now);
      await pause(Math.max(LOOK_EVERY, (performance.now() - began) * SHARE));
    }
  } finally {
    bar.stop();
  }
};
