import { rateOf } from '../../delivery/limits.ts';
import { type Line, line, type Value } from '../../dialogue/say.ts';
import { type Audience, type CampaignPlan, USUAL_PLAN } from '../../domain/campaign/campaign.ts';
import { campaignDay, firstDay } from '../../domain/campaign/days.ts';
import { type Estimate, estimateOf } from '../../domain/campaign/estimate.ts';
import { writeMinutes } from '../../domain/campaign/hours.ts';
import { channelName } from '../../domain/channel.ts';
import { shippedTariff } from '../sms/tariff.ts';
import { placeOf } from '../staff/record.ts';
import { countAudience } from './count.ts';
import type { CampaignParts, More } from './parts.ts';
import type { Campaign } from './record.ts';

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
): Promise<Estimate> =>
  estimateOf(plan, await countAudience(parts, plan, { id, now, more }), rateOf, shippedTariff());

const valuesOf = (audience: Audience): Readonly<Record<string, Value>> => {
  if (audience.kind === 'communes')
    return { places: { list: audience.areas.map((area) => ({ place: placeOf(area) })) } };
  if (audience.kind === 'means')
    return { means: { list: audience.means.map((one) => line(`means.${one}`)) } };
  return {};
};

/** The order of the channels, where it is not the usual one. */
const orderLines = ({ channels }: CampaignPlan): readonly Line[] => {
  const usual = channels.join() === USUAL_PLAN.channels.join();
  return usual
    ? []
    : [line('campaign.order', { channels: { list: channels.map((name) => line(channelName(name))) } })];
};

/** Whom and how many: what whoever approves has to know. */
const reachLines = (plan: CampaignPlan, found: Estimate): readonly Line[] => {
  const { total, exact, noChannel } = found;
  const channels = Object.entries(found.channels).map(([name, count]) =>
    line('campaign.channel', { channel: line(channelName(name)), count: { count } }),
  );
  return [
    line(`campaign.whom.${plan.audience.kind}`, valuesOf(plan.audience)),
    ...orderLines(plan),
    ...(plan.audience.kind === 'list' ? [line('campaign.listReach')] : []),
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
    line('campaign.hours', { days, opens: writeMinutes(opens), closes: writeMinutes(closes) }),
    ...(seconds === undefined ? [] : [line('campaign.takes', { minutes })]),
    ...(unknown.length === 0 ? [] : [line('campaign.takesUnknown', { channels })]),
    ...(fits ? [] : [line('campaign.tooLong')]),
  ];
};

const costLine = ({ cost, source }: Estimate): Line =>
  source === undefined
    ? line('campaign.cost', { cost: { count: cost } })
    : line('campaign.costTariff', { cost: { count: cost }, source });

const segmentLines = (found: Estimate): readonly Line[] => {
  const { segments, allSegments } = found;
  const counts = { segments: { count: segments }, all: { count: allSegments } };
  return segments === 0 ? [] : [line('campaign.segments', counts), costLine(found)];
};

const smsLines = (found: Estimate): readonly Line[] => [
  line(`campaign.sms.${found.sms.encoding}`, { segments: found.sms.segments, text: found.sms.text }),
  ...segmentLines(found),
];

/** What whoever decides on a plan has to know: whom it reaches, when, over what, and at what cost. */
export const planLines = async (
  parts: CampaignParts,
  campaign: Campaign,
  now: number,
): Promise<readonly Line[]> => {
  const { doc, plan } = campaign;
  const found = await estimate(parts, plan, now, { id: doc._id });
  return [...reachLines(plan, found), ...timeLines(campaign, found, now), ...smsLines(found)];
};
