import { idsMeant, shortIds } from '../domain/shortIds.ts';
import { refuse } from './bothLanguages.ts';

/** The one parked message among these that somebody means by a short name. */
export const meantBy = (ids: readonly string[], typed: string): string => {
  const [id, ...more] = idsMeant(ids, typed);
  if (id === undefined) return refuse({ key: 'parked.unknown', values: { id: typed } });
  if (more.length === 0) return id;
  const names = shortIds(ids);
  const list = [id, ...more].map((one) => names.get(one) ?? one);
  return refuse({ key: 'parked.ambiguous', values: { id: typed, ids: { list } } });
};
