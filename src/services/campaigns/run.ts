import type { CampaignState } from '../../domain/campaign/states.ts';
import type { CampaignDoc } from '../../store/campaigns.ts';
import { crashPoint } from '../../store/crash-point.ts';
import { available } from '../../store/errors.ts';
import type { Office } from '../alerts/office.ts';
import { eachAlone } from '../stuck.ts';
import { writeEnds } from './close.ts';
import { lookAtDay, noteTold } from './days.ts';
import { tellOfDay, tellOfEnd, tellProgress } from './news.ts';
import type { CampaignParts, More } from './parts.ts';
import { type Campaign, openCampaigns } from './record.ts';
import { settleDays } from './settle.ts';

/** A tick is held by one process for five seconds; what is not done by then is left to the next one (ms). */
const TICK = 3_500;

/** Time for so many ms from now. */
const within = (ms: number): More => {
  const end = performance.now() + ms;
  return () => performance.now() < end;
};

const ALIVE: readonly CampaignState[] = ['approved', 'running', 'paused', 'stopped'];

/** Campaigns that something may be left to do for. */
const alive = async (parts: CampaignParts): Promise<readonly Campaign[]> => {
  const open = { state: { $in: [...ALIVE] }, closedAt: { $exists: false } };
  const docs = await available(parts.collections.campaigns.find(open).sort({ at: 1 }).toArray());
  return openCampaigns(parts, docs);
};

/** So many are looked after side by side: one that takes long, or waits for an answer, holds up no other. */
const AT_ONCE = 4;

/** One that is stuck keeps no other from its turn. When the database is away no more are begun, and those begun end first. */
const eachOf = async (
  parts: CampaignParts,
  does: (campaign: Campaign) => Promise<unknown>,
): Promise<void> => {
  const waiting = [...(await alive(parts))];
  const one = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const { _id: id } = next.doc;
      const stuck = (error: unknown) => parts.onStuck?.(error, { collection: 'campaigns', id });
      await eachAlone([next], does, stuck).catch((error: unknown) => {
        waiting.length = 0;
        throw error;
      });
    }
  };
  const ends = await Promise.allSettled(Array.from({ length: AT_ONCE }, one));
  for (const end of ends) if (end.status === 'rejected') throw end.reason;
};

const change = async (parts: CampaignParts, { _id, rev }: CampaignDoc, set: Partial<CampaignDoc>) => {
  const changed = await available(
    parts.collections.campaigns.updateOne({ _id, rev }, { $set: set, $inc: { rev: 1 } }),
  );
  return changed.modifiedCount === 1;
};

/** Begins what is due of a campaign that was approved; who dies before they have told of a day leaves it to the next one. */
const goOn = async (office: Office, campaign: Campaign, now: number, more: More): Promise<void> => {
  const parts = office.staff;
  for (const day of campaign.days) {
    const look = await lookAtDay(parts, campaign, day, now, more);
    if (look === undefined) continue;
    if (look !== 'begun') crashPoint('campaign-before-told');
    const goes = look === 'begun' || look === 'planned';
    if (goes && campaign.doc.state === 'approved') await change(parts, campaign.doc, { state: 'running' });
    if (look === 'begun') continue;
    await tellOfDay(office, campaign, day, look, now);
    await noteTold(parts, campaign, day);
  }
};

/** Ends a campaign none of whose days is left: everybody's end is written down, and those who sent it are told. */
const close = async (office: Office, campaign: Campaign, now: number, more: More): Promise<void> => {
  if (!(await writeEnds(office.staff, campaign, more))) return;
  const { doc } = campaign;
  const state = doc.state === 'stopped' ? 'stopped' : 'ended';
  await tellOfEnd(office, campaign, now);
  crashPoint('campaign-before-closed');
  await change(office.staff, doc, { state, closedAt: new Date(now) });
};

const isOver = ({ doc, days }: Campaign, now: number): boolean =>
  doc.state === 'stopped' || now >= (days.at(-1)?.endsAt ?? Number.POSITIVE_INFINITY);

/** Looks after one campaign: each step may be done by several processes, and again after a crash. */
const lookAfter = async (office: Office, campaign: Campaign, now: number, more: More): Promise<void> => {
  const { state } = campaign.doc;
  if (state === 'approved' || state === 'running' || state === 'paused') {
    // A day that passes in a pause is reported; nothing else of it is begun.
    const at = state === 'paused' ? campaign.days.filter(({ notAfter }) => notAfter < now) : campaign.days;
    await goOn(office, { ...campaign, days: at }, now, more);
  }
  const over = await settleDays(office.staff, campaign, now, more);
  if (over && isOver(campaign, now)) await close(office, campaign, now, more);
  else if (state === 'running') await tellProgress(office, campaign, now);
};

/** The campaigns' tick: begins days, makes rows, ends what is over. What one run does not finish the next one does. */
export const runCampaigns = async (office: Office, now: number, more: More = within(TICK)): Promise<void> => {
  await eachOf(office.staff, (campaign) => lookAfter(office, campaign, now, more));
};

/** Makes rows follow what somebody has just decided, without waiting for the tick. */
export const settleCampaigns = async (
  parts: CampaignParts,
  now: number,
  more: More = within(TICK),
): Promise<void> => {
  await eachOf(parts, (campaign) => settleDays(parts, campaign, now, more));
};
