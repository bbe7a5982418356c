import { plateOf, type RecipientFacts } from '../../domain/campaign/audience.ts';
import type { CampaignPlan } from '../../domain/campaign/campaign.ts';
import type { Person } from '../../domain/declaration.ts';
import { sealContext } from '../../security/sealer.ts';
import type { DeclarationDoc } from '../../store/declarations.ts';
import { available } from '../../store/errors.ts';
import type { PersonDoc } from '../../store/people.ts';
import type { Sealed } from '../declarations/record.ts';
import { eachAlone } from '../stuck.ts';
import type { CampaignParts } from './parts.ts';

/** What is known of a person: their number and what decides whether a campaign is for them. */
export interface Known {
  readonly phone?: string;
  readonly phoneIndex?: string;
  readonly facts: RecipientFacts;
}

/** The latest declaration of each, of those that hold. */
const latestOf = async (
  { collections }: CampaignParts,
  people: readonly string[],
): Promise<ReadonlyMap<string, DeclarationDoc>> => {
  const valid = { person: { $in: [...people] }, status: 'valid' as const };
  const docs = await available(collections.declarations.find(valid).sort({ at: 1 }).toArray());
  return new Map(docs.map((doc) => [doc.person, doc]));
};

type Journey = Pick<RecipientFacts, 'means' | 'plate'>;

/** How somebody came; looked up only for a campaign that asks. */
const journeyOf = async ({ sealer }: CampaignParts, { _id, sealed }: DeclarationDoc): Promise<Journey> => {
  const opened = (await sealer.open(sealContext('declarations', 'sealed', _id), sealed)) as unknown as Sealed;
  const { means } = opened.declared.trip;
  const plate = plateOf(opened.declared.trip);
  return { ...(means === 'none' ? {} : { means }), ...(plate === undefined ? {} : { plate }) };
};

const asksJourney = ({ audience }: CampaignPlan): boolean =>
  audience.kind === 'means' || audience.kind === 'vehicles';

/** What of a person and their journey lies sealed; nothing of it where it cannot be opened. */
const sealedOf = async (
  parts: CampaignParts,
  plan: CampaignPlan,
  { _id, sealed }: PersonDoc,
  last: DeclarationDoc | undefined,
): Promise<{ readonly person?: Person; readonly journey?: Journey }> => {
  const open = async () => {
    const person = await parts.sealer.open(sealContext('people', 'sealed', _id), sealed);
    const journey = last !== undefined && asksJourney(plan) ? await journeyOf(parts, last) : {};
    return { person: person as unknown as Person, journey };
  };
  const stuck = (error: unknown) => parts.onStuck?.(error, { collection: 'people', id: _id });
  const [opened = {}] = await eachAlone([_id], open, stuck);
  return opened;
};

const knownOf = async (
  parts: CampaignParts,
  plan: CampaignPlan,
  doc: PersonDoc,
  last: DeclarationDoc | undefined,
  now: number,
): Promise<Known> => {
  const { person, journey } = await sealedOf(parts, plan, doc, last);
  const area = last?.area ?? (person && parts.areaOf(person.home.code));
  return {
    ...(person?.phone === undefined ? {} : { phone: person.phone }),
    ...(doc.phoneIndex === undefined ? {} : { phoneIndex: doc.phoneIndex }),
    facts: {
      ...journey,
      ...(area === undefined ? {} : { area }),
      declared: last !== undefined && last.validUntil.getTime() > now,
    },
  };
};

/** What is known of people, by their ids; those who are gone are missing. */
export const knownPeople = async (
  parts: CampaignParts,
  plan: CampaignPlan,
  ids: readonly string[],
  now: number,
): Promise<ReadonlyMap<string, Known>> => {
  if (ids.length === 0) return new Map();
  const docs = await available(parts.collections.people.find({ _id: { $in: [...ids] } }).toArray());
  const last = await latestOf(parts, ids);
  const known = docs.map(
    async (doc) => [doc._id, await knownOf(parts, plan, doc, last.get(doc._id), now)] as const,
  );
  return new Map(await Promise.all(known));
};
