import { CATALOGUES } from '../../../locales/index.ts';
import { createRenderer } from '../../dialogue/render.ts';
import type { Line } from '../../dialogue/say.ts';
import type { CampaignActor } from '../../domain/campaign/states.ts';
import type { Lang } from '../../domain/lang.ts';
import { cardLines } from '../../services/campaigns/card.ts';
import { CALL_LIST } from '../../services/campaigns/missed.ts';
import { type Campaign, findCampaign } from '../../services/campaigns/record.ts';
import type { StaffParts } from '../../services/staff/parts.ts';
import { openStaff } from '../../services/staff/record.ts';
import type { CliParts } from '../parts.ts';
import { CommandProblem } from '../problem.ts';
import { readStaff, writeTime } from '../read.ts';
import { staffParts } from '../staffParts.ts';

/** In whose name a command acts. */
export const actorBy = async (
  parts: CliParts,
  staff: StaffParts,
  id: string,
): Promise<CampaignActor & { readonly name: string }> => openStaff(staff, await readStaff(id, parts));

export const campaignBy = async (staff: StaffParts, id: string): Promise<Campaign> => {
  const found = await findCampaign(staff, id.toUpperCase());
  if (found === null)
    throw new CommandProblem(`No campaign has the id "${id}": see \`khaibao campaign list\`.`);
  return found;
};

/** One that is over: only then is it known who was not reached. */
export const endedBy = async (staff: StaffParts, id: string): Promise<Campaign> => {
  const campaign = await campaignBy(staff, id);
  if (campaign.doc.closedAt === undefined)
    throw new CommandProblem(`${campaign.doc._id} is not over: who was not reached is known at its end.`);
  return campaign;
};

/** Full names of areas by their paths; empty where there is none. */
export const areaNamer =
  ({ gazetteer }: CliParts) =>
  (area: string): string => {
    const code = area.split('/').at(-1) ?? '';
    return gazetteer.get(code) === undefined ? '' : gazetteer.name(code, 'vi', 'full');
  };

/** Sentences of the catalogue. */
export const sentences = ({ gazetteer }: CliParts, lang: Lang): ((said: Line) => string) => {
  const placeName = (code: string, of: Lang) => gazetteer.name(code, of, 'full');
  const renderer = createRenderer({ catalogues: CATALOGUES, placeName });
  return (said) => renderer.line(lang, said);
};

/** Who took names and numbers of the unreached out. */
const takenLines = ({ doc }: Campaign): readonly string[] =>
  doc.history
    .filter(({ what }) => what === CALL_LIST)
    .map(
      ({ by, at }) => `Names and numbers of the unreached taken out by ${by}: ${writeTime(at.getTime())}.`,
    );

/** One campaign as it stands, for whoever sits at a terminal; its text stays as it is. */
export const show = async (parts: CliParts, id: string): Promise<string> => {
  const staff = await staffParts(parts);
  const campaign = await campaignBy(staff, id);
  const lines = await cardLines(staff, campaign, parts.now);
  return [...lines.map(sentences(parts, 'en')), ...takenLines(campaign)].join('\n');
};
