import { plateOf } from '../../domain/campaign/audience.ts';
import type { CampaignPlan } from '../../domain/campaign/campaign.ts';
import type { DeclarationDoc } from '../../store/declarations.ts';
import { available } from '../../store/errors.ts';
import { openDeclaration } from '../declarations/record.ts';
import { eachAlone } from '../stuck.ts';
import type { CampaignParts } from './parts.ts';

/** A conversation, and the person who declares for themselves in it. */
interface Speaker {
  readonly id: string;
  readonly person: string | undefined;
}

/** The plate of a vehicle in which somebody else came whom this conversation declared; none of its own person's. */
const carriedIn = async (
  parts: CampaignParts,
  doc: DeclarationDoc,
  own: string | undefined,
): Promise<readonly (readonly [string, string])[]> => {
  const { whom, declared } = (await openDeclaration(parts, doc)).sealed;
  const plate = plateOf(declared.trip);
  // Of a declaration from before it was kept whom it was for, the person tells.
  const other = whom === undefined ? doc.person !== own : whom === 'other';
  return other && plate !== undefined ? [[doc.declaredBy, plate]] : [];
};

/**
 * Whose conversations carry others, with the plates of their vehicles: nobody keeps a list of drivers, but a driver, a
 * transport firm or a village head declares for those in the vehicle. Looked up only for a campaign that asks.
 */
export const carriedBy = async (
  parts: CampaignParts,
  { audience }: CampaignPlan,
  speakers: readonly Speaker[],
): Promise<ReadonlyMap<string, readonly string[]>> => {
  const plates = new Map<string, readonly string[]>();
  if (audience.kind !== 'operators') return plates;
  const owns = new Map(speakers.map(({ id, person }) => [id, person]));
  const theirs = { chats: { $in: [...owns.keys()] }, status: 'valid' as const };
  const docs = await available(parts.collections.declarations.find(theirs).toArray());
  const found = await eachAlone(
    docs.filter(({ declaredBy }) => owns.has(declaredBy)),
    (doc) => carriedIn(parts, doc, owns.get(doc.declaredBy)),
    (error, { _id: id }) => parts.onStuck?.(error, { collection: 'declarations', id }),
  );
  for (const [chat, plate] of found.flat()) plates.set(chat, [...(plates.get(chat) ?? []), plate]);
  return plates;
};
