import type { Collections } from '../../store/collections.ts';
import type { DeliveryDoc } from '../../store/deliveries.ts';
import { openPlaces } from './holders.ts';

type Row = Pick<DeliveryDoc, 'purpose' | 'about' | 'chat' | 'tried'>;

/** Asked right before sending: nobody is asked where they are who has answered, moved or withdrawn meanwhile. */
export const reminderWanted =
  ({ collections }: { readonly collections: Pick<Collections, 'conversations' | 'declarations'> }) =>
  async (row: Row): Promise<boolean> => {
    if (row.purpose !== 'movementReminder') return true;
    const open = await openPlaces(collections, row);
    return (await collections.declarations.countDocuments(open, { limit: 1 })) > 0;
  };
