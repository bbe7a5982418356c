import type { Database } from '../../store/connect.ts';
import { DURABLE } from '../../store/connect.ts';
import { applyEffects, type Effect } from '../../store/effect.ts';
import { available } from '../../store/errors.ts';

/**
 * Writes effects by themselves, all or nothing, for what no conversation began: a command, a sweep. False when a
 * `must` matched nothing: somebody was quicker. A transaction that meets another one is tried again by the driver.
 */
export const writeEffects =
  ({ connection, collections }: Pick<Database, 'connection' | 'collections'>) =>
  async (effects: readonly Effect[]): Promise<boolean> => {
    const session = connection.getClient().startSession();
    try {
      return await available(
        session.withTransaction(
          async () => {
            const all = await applyEffects(collections, effects, session);
            if (!all) await session.abortTransaction();
            return all;
          },
          { writeConcern: DURABLE },
        ),
      );
    } finally {
      await session.endSession();
    }
  };
