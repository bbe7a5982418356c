import {
  type Audience,
  type CampaignPlan,
  type PlanProblem,
  USUAL_PLAN,
} from '../../domain/campaign/campaign.ts';
import { parseChannels } from '../../domain/campaign/channels.ts';
import { MEANS, type Means } from '../../domain/declaration.ts';
import { clean } from '../../domain/text.ts';
import { parseVehicle } from '../../domain/vehicle.ts';
import type { CliParts } from '../parts.ts';
import { CommandProblem } from '../problem.ts';
import { readDay, readPlace } from '../read.ts';

export interface NewGiven {
  readonly text: string;
  readonly to: string;
  readonly commune?: readonly string[];
  readonly means?: readonly string[];
  readonly plate?: readonly string[];
  readonly list?: string;
  /** Where all rows of the list go that were not taken. */
  readonly rejected?: string;
  readonly channels?: string;
  readonly from?: string;
  readonly days?: string;
  readonly hours?: string;
  readonly accented?: true;
  readonly price?: string;
  readonly by: string;
}

const KINDS = ['all', 'communes', 'means', 'not-declared', 'vehicles', 'operators', 'list'] as const;
export const KIND_NAMES = KINDS.join(', ');

const meansOf = (text: string): Means => {
  const means = MEANS.find((one) => one === text);
  if (means === undefined)
    throw new CommandProblem(`"${text}" is no means of travel: use ${MEANS.join(', ')}.`);
  return means;
};

/** As plates stand in declarations, however it was typed. */
const plateOf = (text: string): string => {
  const plate = parseVehicle(false)(text);
  if (!plate.ok) throw new CommandProblem(`"${text}" is no number plate: write it as 29B-123.45.`);
  return plate.value.vehicle;
};

const audienceOf = (given: NewGiven, parts: CliParts): Audience => {
  switch (given.to) {
    case 'all':
    case 'list':
      return { kind: given.to };
    case 'not-declared':
      return { kind: 'notDeclared' };
    case 'communes':
      return { kind: 'communes', areas: (given.commune ?? []).map((name) => readPlace(name, parts).path) };
    case 'means':
      return { kind: 'means', means: (given.means ?? []).map(meansOf) };
    case 'vehicles':
    case 'operators':
      return { kind: given.to, plates: (given.plate ?? []).map(plateOf) };
    default:
      throw new CommandProblem(`"${given.to}" is no audience: use ${KIND_NAMES}.`);
  }
};

const numberOf = (text: string, option: string): number => {
  if (!/^\d{1,7}$/.test(text)) throw new CommandProblem(`"${text}" is no number: see ${option}.`);
  return Number(text);
};

/** "08:00-20:00" as minutes after midnight. */
const hoursOf = (text: string): Pick<CampaignPlan, 'opens' | 'closes'> => {
  const match = /^(\d{1,2}):(\d{2})-(\d{1,2}):(\d{2})$/.exec(text);
  if (match === null) throw new CommandProblem(`"${text}" are no hours: write them as 08:00-20:00.`);
  const [opens = 0, opensMinute = 0, closes = 0, closesMinute = 0] = match.slice(1).map(Number);
  return { opens: opens * 60 + opensMinute, closes: closes * 60 + closesMinute };
};

const channelsOf = (text: string): readonly string[] => {
  const channels = parseChannels(USUAL_PLAN.channels)(text);
  if (!channels.ok) throw new CommandProblem(SENTENCES.channels);
  return channels.value;
};

const SENTENCES: Readonly<Record<PlanProblem, string>> = {
  text: 'The text needs 10 to 420 characters.',
  days: 'A campaign takes 1 to 14 days.',
  from: 'The first day lies before today, or more than 90 days ahead.',
  hours: 'The hours must lie within 07:00 and 22:00, and be two hours at least.',
  channels: `A campaign needs a channel, and each of them once: ${USUAL_PLAN.channels.join(', ')}.`,
  audience: 'Name the communes (--commune) or the means of travel (--means).',
};

export const problemsOf = (problems: readonly PlanProblem[]): CommandProblem =>
  new CommandProblem(problems.map((one) => SENTENCES[one]).join('\n'));

/** What the options of `khaibao campaign new` say. */
export const planOf = (given: NewGiven, parts: CliParts): CampaignPlan => ({
  ...USUAL_PLAN,
  text: clean(given.text),
  accented: given.accented === true,
  audience: audienceOf(given, parts),
  ...(given.channels !== undefined && { channels: channelsOf(given.channels) }),
  ...(given.from && { from: readDay(given.from, parts.now) }),
  ...(given.days && { days: numberOf(given.days, '--days') }),
  ...(given.hours && hoursOf(given.hours)),
  ...(given.price && { price: numberOf(given.price, '--price') }),
});
