import type { Store } from '../../src/app/store.ts';
import { DAY_MS } from '../../src/domain/day.ts';
import { RETENTION_DAYS } from '../../src/domain/declaration.ts';
import type { Json } from '../../src/domain/json.ts';
import { randomId } from '../../src/security/random.ts';
import { sealContext } from '../../src/security/sealer.ts';
import type { Service } from '../../src/services/service.ts';
import type { DeclarationDoc } from '../../src/store/declarations.ts';
import { insert } from '../../src/store/effect.ts';

const context = (id: string) => sealContext('declarations', 'sealed', id);

/** A declaration as the product stores it: sealed, with its blind index, in the collection with all its indexes. */
export const declarationOf = (
  { sealer, index }: Pick<Store, 'sealer' | 'index'>,
  chat: string,
  sealed: Json,
  now: number,
): DeclarationDoc => {
  const id = randomId();
  return {
    _id: id,
    kind: 'domestic',
    person: randomId(),
    declaredBy: chat,
    chats: [chat],
    at: new Date(now),
    version: 1,
    codeIndex: index('lookupCode', id),
    validFrom: new Date(now),
    validUntil: new Date(now + 3 * DAY_MS),
    status: 'valid',
    area: '12/03595',
    level: 'low',
    rulesVersion: '1',
    sealed: sealer.seal(context(id), sealed),
    deleteAt: new Date(now + RETENTION_DAYS * DAY_MS),
  };
};

export const openKept = ({ sealer }: Pick<Store, 'sealer'>, { _id, sealed }: DeclarationDoc): Promise<Json> =>
  sealer.open(context(_id), sealed);

/** Keeps a declaration of the bench: committed with the conversation or not at all. */
export const keepBench =
  (store: Pick<Store, 'sealer' | 'index'>): Service =>
  async (args, { chat, now }) => ({
    value: true,
    effects: [insert('declarations', declarationOf(store, chat, args, now))],
  });
