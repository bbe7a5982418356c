import { rateOf } from '../../delivery/limits.ts';
import { type Line, line, type Value } from '../../dialogue/say.ts';
import type { Audience, CampaignPlan } from '../../domain/campaign/campaign.ts';
import { campaignDay, firstDay } from '../../domain/campaign/days.ts';
import { type Estimate, estimateOf } from '../../domain/campaign/estimate.ts';
import { channelName } from '../../domain/channel.ts';
import { placeOf } from '../staff/record.ts';
import { countAudience } from './count.ts';
import { progressLine, progressOf } from './news.ts';
import { type CampaignParts, type More, occurrenceId } from './parts.ts';
import { type Campaign, seenState } from './record.ts';
import { reportOf, resultLines } from './report.ts';
import { figuresOf } from './settle.ts';

/** A flow waits no longer than this for a count (ms); beyond it the count is extrapolated. */
const COUNTING = 2_000;

const inTime = (): More => {
  const end = performance.now() + COUNTING;
  return () => performance.now() < end;
};

/** Count, cost and duration of a plan, at the rates of its channels. */
const estimate = async (
  parts: CampaignParts,
  plan: CampaignPlan,
  now: number,
  { id = '', more = inTime() }: { readonly id?: string; readonly more?: More } = {},
): Promise<Estimate> => estimateOf(plan, await countAudience(parts, plan, { id, now, more }), rateOf);

const valuesOf = (audience: Audience): Readonly<Record<string, Value>> => {
  if (audience.kind === 'communes')
    return { places: { list: audience.areas.map((area) => ({ place: placeOf(area) })) } };
  if (audience.kind === 'means')
    return { means: { list: audience.means.map((one) => line(`means.${one}`)) } };
  return {};
};

const hour = (minutes: number): string =>
  `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;

/** Whom and how many: what whoever approves has to know. */
const reachLines = ({ audience }: CampaignPlan, found: Estimate): readonly Line[] => {
  const { total, exact, noChannel } = found;
  const channels = Object.entries(found.channels).map(([name, count]) =>
    line('campaign.channel', { channel: line(channelName(name)), count: { count } }),
  );
  return [
    line(`campaign.whom.${audience.kind}`, valuesOf(audience)),
    line(exact ? 'campaign.count' : 'campaign.countAbout', { total: { count: total } }),
    ...(channels.length === 0 ? [] : [line('campaign.channels', { channels: { list: channels } })]),
    ...(noChannel === 0 ? [] : [line('campaign.noChannel', { count: { count: noChannel } })]),
  ];
};

/** The first day; of one that is not approved yet, the day it is if somebody approves it in time. */
const firstLine = ({ doc, plan }: Campaign, now: number): Line => {
  const day = doc.first ?? firstDay(plan, now);
  if (day === null) return line('campaign.refused.tooLate');
  const values = { date: { date: day }, time: { time: campaignDay(plan, day).notAfter } };
  return line(doc.first === undefined ? 'campaign.firstIf' : 'campaign.first', values);
};

/** When and how long. */
const timeLines = (
  campaign: Campaign,
  { seconds, unknown, fits }: Estimate,
  now: number,
): readonly Line[] => {
  const { days, opens, closes } = campaign.plan;
  const channels = { list: unknown.map((name) => line(channelName(name))) };
  const minutes = { count: Math.max(1, Math.ceil((seconds ?? 0) / 60)) };
  return [
    firstLine(campaign, now),
    line('campaign.hours', { days, opens: hour(opens), closes: hour(closes) }),
    ...(seconds === undefined ? [] : [line('campaign.takes', { minutes })]),
    ...(unknown.length === 0 ? [] : [line('campaign.takesUnknown', { channels })]),
    ...(fits ? [] : [line('campaign.tooLong')]),
  ];
};

const smsLines = ({ sms, segments, allSegments, cost }: Estimate): readonly Line[] => [
  line(`campaign.sms.${sms.encoding}`, { segments: sms.segments, text: sms.text }),
  ...(segments === 0
    ? []
    : [line('campaign.segments', { segments: { count: segments }, all: { count: allSegments } })]),
  ...(cost === undefined || segments === 0 ? [] : [line('campaign.cost', { cost: { count: cost } })]),
];

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

const planLines = async (parts: CampaignParts, campaign: Campaign, now: number): Promise<readonly Line[]> => {
  const { doc, plan } = campaign;
  const found = await estimate(parts, plan, now, { id: doc._id });
  return [...reachLines(plan, found), ...timeLines(campaign, found, now), ...smsLines(found)];
};

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
