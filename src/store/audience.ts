import mongoose from 'mongoose';
import { collection, required } from './schema.ts';

/** A recipient of a campaign, fixed before its first day. Half a million of them: nothing is kept that is not needed. */
export interface AudienceDoc {
  /** `<campaign>|<recipient>`: the blind index of their number, or of their chat where no number is known. */
  _id: string;
  /** Area path of where they stay or live, where that is known. */
  area?: string;
  /** Ways to reach them by the id of the conversation; `address` where they never wrote on that channel, sealed. */
  ways: Record<string, { channel: string; address?: Buffer }>;
  /** Blind index of their number: declarations under it are theirs. */
  phoneIndex?: string;
  /** What became of them, when the campaign is over (`src/domain/campaign/outcome.ts`). */
  outcome?: string;
  reason?: string;
  delivered?: boolean;
  deleteAt: Date;
}

export const audience = collection<AudienceDoc>(
  'audience',
  {
    _id: required.id,
    area: String,
    ways: { type: mongoose.Schema.Types.Mixed, required: true },
    phoneIndex: String,
    outcome: String,
    reason: String,
    delivered: Boolean,
    deleteAt: required.date,
  },
  [[{ deleteAt: 1 }, { expireAfterSeconds: 0 }]],
);
