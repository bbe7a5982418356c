import { z } from 'zod';
import { SendError } from '../../src/delivery/outgoing.ts';
import type { Activity } from './activity.ts';

/** What is needed to say something in a conversation at any later time. */
export interface Reference {
  readonly channelId: string;
  /** Without a slash at the end, its host in lower case. */
  readonly serviceUrl: string;
  readonly conversation: string;
  readonly bot: string;
  readonly user: string;
}

const stored = z.tuple([z.string(), z.url(), z.string(), z.string(), z.string()]);

const plainUrl = (url: string): string => {
  const { origin, pathname } = new URL(url);
  return `${origin}${pathname}`.replace(/\/+$/, '');
};

/** Where an activity came from; `user` is named when it is not the sender (somebody who was added). */
export const referenceOf = (
  { channelId, serviceUrl, conversation, recipient }: Activity,
  user: string,
): Reference => ({
  channelId,
  serviceUrl: plainUrl(serviceUrl),
  conversation: conversation.id,
  bot: recipient.id,
  user,
});

/**
 * The same person gets the same address: only what stays, in a fixed order. The service URL is part of it because
 * a message that is no reply has nothing else to go by; when Microsoft moves a conversation to another one, the
 * person begins a new chat.
 */
export const addressOf = ({ channelId, serviceUrl, conversation, bot, user }: Reference): string =>
  JSON.stringify([channelId, serviceUrl, conversation, bot, user]);

const parsed = (address: string): unknown => {
  try {
    return JSON.parse(address);
  } catch {
    return undefined;
  }
};

/** @throws SendError for an address that we did not write */
export const referenceFrom = (address: string): Reference => {
  const { data } = stored.safeParse(parsed(address));
  if (data === undefined) throw new SendError('permanent', 'bad-address');
  const [channelId, serviceUrl, conversation, bot, user] = data;
  return { channelId, serviceUrl, conversation, bot, user };
};
