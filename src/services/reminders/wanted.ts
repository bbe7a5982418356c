import type { Collections } from '../../store/collections.ts';
import type { DeliveryDoc } from '../../store/deliveries.ts';

/** Asked right before sending: nobody is asked where they are who has answered, moved or withdrawn meanwhile. */
export const reminderWanted =
  ({ collections }: { readonly collections: Pick<Collections, 'declarations'> }) =>
  async ({ purpose, chat }: Pick<DeliveryDoc, 'purpose' | 'chat'>): Promise<boolean> => {
    if (purpose !== 'movementReminder') return true;
    const open = { declaredBy: chat, status: 'valid' as const, asked: { $exists: true } };
    return (await collections.declarations.countDocuments(open, { limit: 1 })) > 0;
  };
