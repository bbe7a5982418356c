import type { Inbound, Shelf } from '../../src/services/inbound.ts';

export interface TestShelf extends Shelf {
  readonly rows: Map<string, { readonly message: Inbound; readonly order: number }>;
  readonly parked: { readonly message: Inbound; readonly error: unknown }[];
}

/** A shelf for a channel that is tried alone; the real one, in the database, has its own test. */
export const memoryShelf = (): TestShelf => {
  const rows: TestShelf['rows'] = new Map();
  const parked: TestShelf['parked'] = [];
  return {
    rows,
    parked,
    put: async (message, order) => void rows.set(message.deliveryId, { message, order }),
    drop: async ({ deliveryId }) => void rows.delete(deliveryId),
    left: async () => [...rows.values()].toSorted((a, b) => a.order - b.order),
    park: async (message, error) => {
      rows.delete(message.deliveryId);
      parked.push({ message, error });
    },
  };
};
