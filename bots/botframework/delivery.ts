import { createHash } from 'node:crypto';
import type { PersonEvent } from '../../src/dialogue/event.ts';
import type { Activity } from './activity.ts';

const hash = (parts: readonly unknown[]): string =>
  createHash('sha256').update(JSON.stringify(parts)).digest('base64url').slice(0, 22);

/**
 * Conversation ids may be a person's own; the database keeps the hash of them only. Without an id it is what we read
 * and when it was said, and without a time nothing tells a repetition from the same word once more: undefined.
 */
export const deliveryOf = (activity: Activity, events: readonly PersonEvent[]): string | undefined => {
  const { channelId, conversation, id, timestamp, from } = activity;
  if (id !== undefined) return hash([channelId, conversation.id, id]);
  if (Number.isNaN(Date.parse(timestamp ?? ''))) return undefined;
  return hash([channelId, conversation.id, from?.id, timestamp, events]);
};
