import { CATALOGUES } from '../../../locales/index.ts';
import { createRenderer } from '../../dialogue/render.ts';
import type { Line } from '../../dialogue/say.ts';
import type { CampaignActor } from '../../domain/campaign/states.ts';
import { cardLines } from '../../services/campaigns/card.ts';
import { type Campaign, findCampaign } from '../../services/campaigns/record.ts';
import { latestRules } from '../../services/risk/rules.ts';
import { shippedRules } from '../../services/risk/shipped.ts';
import type { StaffParts } from '../../services/staff/parts.ts';
import { openStaff } from '../../services/staff/record.ts';
import type { CliParts } from '../parts.ts';
import { CommandProblem } from '../problem.ts';
import { readStaff } from '../read.ts';

export const staffParts = async (parts: CliParts): Promise<StaffParts> => {
  const { collections } = parts.database;
  const rules = (await latestRules(collections.rules))?.rules ?? shippedRules();
  return {
    ...parts,
    collections,
    rules: () => rules,
    areaOf: (code) => parts.gazetteer.get(code)?.path ?? code,
  };
};

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

/** Sentences of the catalogue, for whoever sits at a terminal; the text of a campaign stays as it is. */
const written = ({ gazetteer }: CliParts, lines: readonly Line[]): string => {
  const placeName = (code: string, lang: 'vi' | 'en') => gazetteer.name(code, lang, 'full');
  const renderer = createRenderer({ catalogues: CATALOGUES, placeName });
  return lines.map((one) => renderer.line('en', one)).join('\n');
};

/** One campaign as it stands. */
export const show = async (parts: CliParts, id: string): Promise<string> => {
  const staff = await staffParts(parts);
  return written(parts, await cardLines(staff, await campaignBy(staff, id), parts.now));
};
