import type { CampaignAct } from '../../domain/campaign/states.ts';
import { actOnCampaign } from '../../services/campaigns/act.ts';
import { settleCampaigns } from '../../services/campaigns/run.ts';
import { writeEffects } from '../../services/staff/write.ts';
import type { CliParts } from '../parts.ts';
import { staffParts } from '../staffParts.ts';
import { actorBy, campaignBy } from './parts.ts';
import { refused } from './refused.ts';

/** Does something to a campaign in somebody's name; its rows follow before this returns, in steps if they are many. */
export const actOn = async (
  parts: CliParts,
  what: CampaignAct,
  id: string,
  { by }: { by: string },
): Promise<string> => {
  const staff = await staffParts(parts);
  const { _id, state } = (await campaignBy(staff, id)).doc;
  const result = await actOnCampaign(staff, _id, what, await actorBy(parts, staff, by), parts.now);
  if (result.is !== 'done') throw refused(result.is, by, state);
  if (!(await writeEffects(parts.database)(result.effects))) throw refused('stale', by);
  await settleCampaigns(staff, parts.now);
  const { first } = result.campaign.doc;
  const begins = what === 'approve' && first !== undefined ? ` It begins on ${first}.` : '';
  return `${_id} is ${result.campaign.doc.state}.${begins}`;
};
