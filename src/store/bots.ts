import { collection, required } from './schema.ts';

/** A bot that this database's people talk to: it must not serve an exercise too. `_id`: 'telegram:123456'. */
export interface BotDoc {
  _id: string;
  /** When a server last opened it. */
  at: Date;
}

export const bots = collection<BotDoc>('bots', { _id: required.id, at: required.date });
