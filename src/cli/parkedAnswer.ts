import { parseNote } from '../domain/person.ts';
import { answeringParked } from '../services/parked/answer.ts';
import { hasChat } from '../services/parked/reach.ts';
import { findParked, parkedIds } from '../services/parked/rows.ts';
import { writeEffects } from '../services/staff/write.ts';
import { inBoth, refuse } from './bothLanguages.ts';
import { meantBy } from './parkedFind.ts';
import type { CliParts } from './parts.ts';
import { readBy } from './read.ts';

/** Writes to whoever sent a parked message, in its chat; the server sends it. */
export const parkedAnswer = async (
  parts: CliParts,
  typed: string,
  words: readonly string[],
  given: { readonly by: string },
): Promise<string> => {
  const by = readBy(given.by);
  const text = parseNote(words.join(' '));
  if (!text.ok) return refuse({ key: 'parked.noWords' });
  const { collections } = parts.database;
  const doc = await findParked(collections.parked, meantBy(await parkedIds(collections.parked), typed));
  if (doc === null) return refuse({ key: 'parked.unknown', values: { id: typed } });
  if (!(await hasChat(collections, doc.chat))) return refuse({ key: 'parked.noChat', values: { id: typed } });
  const effects = answeringParked(parts.sealer, doc, text.value, by, parts.now);
  if (!(await writeEffects(parts.database)(effects)))
    return refuse({ key: 'parked.answeredNow', values: { id: typed } });
  return inBoth({ key: 'parked.onItsWay' });
};
