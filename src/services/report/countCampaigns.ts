import { UNWANTED } from '../../domain/campaign/outcome.ts';
import { addDays, dayOf, daysBetween, startOfDay } from '../../domain/day.ts';
import type { CountedCampaign } from '../../domain/report/counted.ts';
import type { Collections } from '../../store/collections.ts';
import { available } from '../../store/errors.ts';
import type { OccurrenceDoc } from '../../store/occurrences.ts';
import { progressOf } from '../campaigns/news.ts';
import { figuresOf } from '../campaigns/settle.ts';

/** Those who had declared when their message was due: it was not sent to them any more. */
const DECLARED = `suppressed:${UNWANTED.declared}`;

const counted = async (
  collections: Collections,
  { _id, campaign, dueAt }: OccurrenceDoc,
): Promise<CountedCampaign> => {
  const doc = await available(collections.campaigns.findOne({ _id: campaign }));
  const figures = await figuresOf({ collections }, _id);
  const { total, sent, failed } = progressOf(figures);
  const day = dayOf(dueAt.getTime());
  return {
    name: campaign,
    day: daysBetween(doc?.first ?? day, day) + 1,
    planned: total,
    sent,
    failed,
    declared: figures[DECLARED] ?? 0,
  };
};

/** How far the campaigns of a day have come, in the order they begin in. A day that could not begin stands with nothing sent. */
export const countCampaigns = async (
  collections: Collections,
  day: string,
): Promise<readonly CountedCampaign[]> => {
  const ofDay = { dueAt: { $gte: new Date(startOfDay(day)), $lt: new Date(startOfDay(addDays(day, 1))) } };
  const days = await available(collections.occurrences.find(ofDay).sort({ dueAt: 1, _id: 1 }).toArray());
  return Promise.all(days.map((each) => counted(collections, each)));
};
