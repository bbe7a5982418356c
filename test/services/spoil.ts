import { sealContext } from '../../src/security/sealer.ts';
import type { Office } from './alerts/office.ts';

type Sealed = 'alerts' | 'staff' | 'declarations' | 'campaigns' | 'people';

/** A document that nobody can open any more, as if it had been sealed for another record. */
export const spoil = async (office: Office, collection: Sealed, _id: string): Promise<void> => {
  const sealed = office.parts.sealer.seal(sealContext(collection, 'sealed', 'another'), {});
  await office.collections[collection].updateOne({ _id } as object, { $set: { sealed } });
};
