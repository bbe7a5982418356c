import type { Person } from '../../domain/declaration.ts';
import type { Json } from '../../domain/json.ts';
import { sealContext } from '../../security/sealer.ts';
import { type Effect, insert, update } from '../../store/effect.ts';
import type { DeclarationParts } from './parts.ts';
import { deleteAt } from './record.ts';

const indexes = ({ index }: DeclarationParts, { id, phone }: Person) => ({
  ...(id === undefined ? {} : { idIndex: index('idNumber', id.number) }),
  ...(phone === undefined ? {} : { phoneIndex: index('phone', phone) }),
});

const sealPerson = ({ sealer }: DeclarationParts, id: string, person: Person): Buffer =>
  sealer.seal(sealContext('people', 'sealed', id), person as unknown as Json);

export const newPerson = (
  parts: DeclarationParts,
  id: string,
  person: Person,
  chat: string,
  now: number,
): Effect =>
  insert('people', {
    _id: id,
    sealed: sealPerson(parts, id, person),
    ...indexes(parts, person),
    chats: [chat],
    deleteAt: deleteAt(now),
  });

export const changedPerson = (parts: DeclarationParts, id: string, person: Person, now: number): Effect =>
  update(
    'people',
    { _id: id },
    { $set: { sealed: sealPerson(parts, id, person), ...indexes(parts, person), deleteAt: deleteAt(now) } },
  );
