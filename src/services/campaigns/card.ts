import { LIMITS } from '../../delivery/limits.ts';
import { type Line, line, type Value } from '../../dialogue/say.ts';
import type { Audience, CampaignPlan } from '../../domain/campaign/campaign.ts';
import { type Estimate, estimateOf } from '../../domain/campaign/estimate.ts';
import { channelName } from '../../domain/channel.ts';
import { placeOf } from '../staff/record.ts';
import { countAudience } from './count.ts';
import { progressLine, progressOf } from './news.ts';
import { type CampaignParts, type More, occurrenceId } from './parts.ts';
import type { Campaign } from './record.ts';
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
): Promise<Estimate> =>
  estimateOf(
    plan,
    await countAudience(parts, plan, { id, now, more }),
    (channel) => LIMITS[channel]?.account.perSecond,
  );

const valuesOf = (audience: Audience): Readonly<Record<string, Value>> => {
  if (audience.kind === 'communes')
    return { places: { list: audience.areas.map((area) => ({ place: placeOf(area) })) } };
  if (audience.kind === 'means')
    return { means: { list: audience.means.map((one) => line(`means.${one}`)) } };
  return {};
};

const hour = (minutes: number): string =>
  `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;

/** Whom, when and how many: what whoever approves has to know. */
const planLines = (plan: CampaignPlan, found: Estimate): readonly Line[] => {
  const { total, exact, sms, segments, allSegments, cost, noChannel, seconds, fits } = found;
  const { days, opens, closes, audience } = plan;
  const channels = Object.entries(found.channels).map(([name, count]) =>
    line('campaign.channel', { channel: line(channelName(name)), count }),
  );
  const minutes = Math.ceil(seconds / 60);
  return [
    line(`campaign.whom.${audience.kind}`, valuesOf(audience)),
    line(exact ? 'campaign.count' : 'campaign.countAbout', { total }),
    ...(channels.length === 0 ? [] : [line('campaign.channels', { channels: { list: channels } })]),
    ...(noChannel === 0 ? [] : [line('campaign.noChannel', { count: noChannel })]),
    line('campaign.hours', { days, opens: hour(opens), closes: hour(closes), minutes }),
    ...(fits ? [] : [line('campaign.tooLong')]),
    line(`campaign.sms.${sms.encoding}`, { segments: sms.segments, text: sms.text }),
    ...(segments === 0 ? [] : [line('campaign.segments', { segments, all: allSegments })]),
    ...(cost === undefined || segments === 0 ? [] : [line('campaign.cost', { cost })]),
  ];
};

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
  const more = UNDECIDED.has(doc.state)
    ? planLines(plan, await estimate(parts, plan, now, { id: doc._id }))
    : await standLines(parts, campaign, now);
  const state = line(`campaign.state.${doc.state}`);
  return [
    line('campaign.head', { id: doc._id, state }),
    line('campaign.quote', { text: plan.text }),
    ...more,
  ];
};
