import type { Json } from '../../domain/json.ts';
import { sealContext } from '../../security/sealer.ts';
import { type Effect, update } from '../../store/effect.ts';
import { available } from '../../store/errors.ts';
import type { PhoneListDoc } from '../../store/phoneLists.ts';
import type { CampaignParts } from './parts.ts';
import type { RejectedRow } from './phoneTaking.ts';

type Parts = { readonly collections: Pick<CampaignParts['collections'], 'phoneLists'> } & Pick<
  CampaignParts,
  'sealer'
>;

/** What of a list that was sent in a chat is kept; numbers in E.164. */
export interface KeptList {
  readonly phones: readonly string[];
  readonly rejected: readonly RejectedRow[];
}

/** A draft that nobody goes on with is dropped after two days; its list a day later. */
const LIST_LIFE = 3 * 86_400_000;

const context = (id: string) => sealContext('phoneLists', 'sealed', id);

/** Whole or not at all: a list that is only half there would be written to as if it were all of it. */
export const keepList = async (
  { sealer, collections }: Parts,
  _id: string,
  list: KeptList,
  now: number,
): Promise<void> => {
  const sealed = sealer.seal(context(_id), list as unknown as Json);
  const document: PhoneListDoc = { _id, sealed, deleteAt: new Date(now + LIST_LIFE) };
  await available(collections.phoneLists.insertOne(document));
};

/** A list by its id; null when there is none any more. */
export const keptList = async ({ sealer, collections }: Parts, _id: string): Promise<KeptList | null> => {
  const doc = await available(collections.phoneLists.findOne({ _id }));
  return doc && ((await sealer.open(context(_id), doc.sealed)) as unknown as KeptList);
};

/** The numbers of some lists, each once; null when one of the lists is gone. */
export const numbersIn = async (
  parts: Parts,
  ids: readonly string[],
): Promise<ReadonlySet<string> | null> => {
  const lists = await Promise.all(ids.map((id) => keptList(parts, id)));
  const found = lists.filter((list) => list !== null);
  return found.length < ids.length ? null : new Set(found.flatMap(({ phones }) => phones));
};

/** Lists that a campaign came of are kept as long as it; one that is gone by then makes the campaign be planned anew. */
export const keptWith = (ids: readonly string[], deleteAt: Date): readonly Effect[] =>
  ids.map((_id) => update('phoneLists', { _id }, { $set: { deleteAt } }, { must: true }));
