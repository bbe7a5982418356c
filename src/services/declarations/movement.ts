import { startOfDay } from '../../domain/day.ts';
import type { Json } from '../../domain/json.ts';
import { randomId } from '../../security/random.ts';
import { sealContext } from '../../security/sealer.ts';
import type { DeclarationDoc } from '../../store/declarations.ts';
import { type Effect, insert } from '../../store/effect.ts';
import type { DeclarationParts } from './parts.ts';
import { deleteAt } from './record.ts';
import type { Change } from './withChange.ts';

/** What was said of where a person is, what they took and how they feel, after the declaration. */
export const movementRow = (
  parts: Pick<DeclarationParts, 'sealer' | 'index'>,
  doc: DeclarationDoc,
  change: Change,
  now: number,
): Effect => {
  const id = randomId();
  const plate = change.vehicle?.vehicle;
  return insert('movements', {
    _id: id,
    declaration: doc._id,
    person: doc.person,
    at: new Date(now),
    from: new Date(startOfDay(change.day)),
    ...(change.place === undefined ? {} : { placeCode: change.place.code }),
    ...(plate === undefined ? {} : { plateIndex: parts.index('plate', plate) }),
    sealed: parts.sealer.seal(sealContext('movements', 'sealed', id), change as unknown as Json),
    deleteAt: deleteAt(now),
  });
};
