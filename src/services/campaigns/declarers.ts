import { DAY_MS } from '../../domain/day.ts';
import { RETENTION_DAYS } from '../../domain/declaration.ts';
import type { AudienceDoc } from '../../store/audience.ts';
import { available } from '../../store/errors.ts';
import { declaredSince } from './declared.ts';
import type { CampaignParts } from './parts.ts';

/** So many declarations are read at once and kept; of more, each batch of recipients is asked about. */
const MOST = 20_000;

/** Which of some recipients have declared, by their ids. */
type HasDeclared = (batch: readonly AudienceDoc[]) => Promise<{ has(id: string): boolean }>;

/** Numbers of people, where they are known. */
const numbersOf = async ({ collections }: CampaignParts, people: readonly string[]): Promise<string[]> => {
  const known = { _id: { $in: [...people] }, phoneIndex: { $exists: true } };
  const docs = await available(collections.people.find(known, { projection: { phoneIndex: 1 } }).toArray());
  return docs.map(({ phoneIndex = '' }) => phoneIndex);
};

/**
 * Everybody who has declared since an instant: their chats and numbers; null when they are too many. Found by when a
 * declaration is to be deleted, which follows from when it was made, for by that there is an index.
 */
const everybody = async (parts: CampaignParts, since: Date): Promise<ReadonlySet<string> | null> => {
  const fresh = {
    deleteAt: { $gte: new Date(since.getTime() + RETENTION_DAYS * DAY_MS) },
    at: { $gte: since },
  };
  const options = { projection: { chats: 1, person: 1 }, limit: MOST + 1 } as const;
  const docs = await available(parts.collections.declarations.find(fresh, options).toArray());
  if (docs.length > MOST) return null;
  const numbers = await numbersOf(parts, [...new Set(docs.map(({ person }) => person))]);
  return new Set([...docs.flatMap(({ chats }) => chats), ...numbers]);
};

/**
 * Who has declared since an instant, for planning many. Right before a message is sent it is asked once more, and then
 * of the talks as well that chats have joined since: they are few, and half a million would have to be looked up here.
 */
export const declarers = async (parts: CampaignParts, since: Date): Promise<HasDeclared> => {
  const all = await everybody(parts, since);
  if (all === null) return (batch) => declaredSince(parts, batch, since);
  const has = ({ ways, phoneIndex = '' }: AudienceDoc): boolean =>
    all.has(phoneIndex) || Object.keys(ways).some((chat) => all.has(chat));
  return async (batch) => (all.size === 0 ? all : new Set(batch.filter(has).map(({ _id }) => _id)));
};
