import type { Reader } from '../harness/chaos/delivery/people.ts';

/** Somebody at Telegram who takes all messages, by their chat. */
export const readerAt = (chat: string): Reader => ({
  chat,
  bot: 'telegram',
  address: chat,
  blocked: false,
  unwanted: false,
});
