import { type Line, line } from '../../dialogue/say.ts';
import { progressLine, progressOf } from './news.ts';
import { type CampaignParts, occurrenceId } from './parts.ts';
import { planLines } from './planLines.ts';
import { type Campaign, seenState } from './record.ts';
import { reportOf, resultLines } from './report.ts';
import { figuresOf } from './settle.ts';

/** How far it is: today's figures while it runs, what became of everybody when it is over. */
const standLines = async (
  parts: CampaignParts,
  campaign: Campaign,
  now: number,
): Promise<readonly Line[]> => {
  const { doc, days } = campaign;
  if (doc.closedAt !== undefined && doc.frozenAt !== undefined)
    return resultLines(await reportOf(parts, campaign));
  const day = days.findLast(({ dueAt }) => dueAt <= now);
  if (day === undefined || doc.frozenAt === undefined) return [];
  const figures = await figuresOf(parts, occurrenceId(doc._id, day.day));
  return [progressLine(day.day, progressOf(figures))];
};

const UNDECIDED: ReadonlySet<string> = new Set(['draft', 'submitted', 'approved']);

/** One campaign as those who answer for it see it: text, state, and the estimate or how far it is. */
export const cardLines = async (
  parts: CampaignParts,
  campaign: Campaign,
  now: number,
): Promise<readonly Line[]> => {
  const { doc, plan } = campaign;
  const seen = seenState(campaign, now);
  const more = UNDECIDED.has(seen)
    ? await planLines(parts, campaign, now)
    : await standLines(parts, campaign, now);
  const state = line(`campaign.state.${seen}`);
  return [
    line('campaign.head', { id: doc._id, state }),
    line('campaign.quote', { text: plan.text }),
    ...more,
  ];
};
