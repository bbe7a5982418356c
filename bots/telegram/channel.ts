import type { Logger } from 'pino';
import type { Shelf } from '../../src/services/inbound.ts';
import type { Capabilities, Channel, ChannelHost } from '../port.ts';
import { type ApiParts, createApi } from './api.ts';
import { createCursor } from './cursor.ts';
import { chatLink, deepLink } from './deepLink.ts';
import { isTokenRefused, TelegramFault } from './faults.ts';
import { createGroups } from './groups.ts';
import { createIntake, type Take } from './intake.ts';
import { persist } from './persist.ts';
import { createPhotos } from './photos.ts';
import { createPoll, type Poll, type PollParts } from './poll.ts';
import { MOST_TEXT } from './post.ts';
import { createPresses } from './presses.ts';
import { createSender, type SenderParts } from './sender.ts';
import { type FlowCommand, setUp } from './setup.ts';
import { takeUp } from './takeUp.ts';
import { createBelief, readPost, WEBHOOK_PATH, webhookAdvice, webhookOf } from './webhook.ts';
import { UPDATE_KINDS } from './wire.ts';

export interface TelegramParts
  extends Pick<SenderParts, 'renderer' | 'attachments'>,
    Pick<PollParts, 'conflictWait' | 'backoff'> {
  readonly settings: ApiParts & { readonly webhookSecret?: string };
  /** Where Telegram finds us, without a slash at the end. */
  readonly publicUrl: string;
  readonly commands: readonly FlowCommand[];
  readonly log: Logger;
  readonly now?: () => number;
}

const capabilities = (webhook: boolean): Capabilities => ({
  buttons: 100,
  images: true,
  files: true,
  photosIn: true,
  contact: true,
  location: true,
  edits: true,
  textLength: MOST_TEXT,
  paid: false,
  takes: webhook ? 'webhook' : 'polling',
});

/** How long the start waits for Telegram's word on the token; without it the other channels go on (ms). */
const FIRST_ANSWER_MS = 5_000;
/** As many posts at once as Telegram allows: ours are short. */
const MOST_POSTS = 100;

/** The operator's to mend: one sentence, no stack. */
class WrongToken extends Error {
  override readonly name = 'SettingsError';
}

const WRONG_TOKEN = 'Telegram does not take the setting TELEGRAM_BOT_TOKEN: @BotFather shows the right one.';

export const createTelegramChannel = (parts: TelegramParts): Channel => {
  const { settings, renderer, publicUrl, now = Date.now } = parts;
  const secret = settings.webhookSecret;
  const believes = createBelief(secret);
  const log = parts.log.child({ channel: 'telegram' });
  const api = createApi(settings);
  const sender = createSender({ ...parts, api, log });
  const ending = new AbortController();
  let username: string | undefined;
  let poll: Poll | undefined;

  const meet = async (within?: number): Promise<void> => {
    const me = await api.call('getMe', {}, { signal: ending.signal, ...(within && { within }) });
    username = me.username;
  };

  const until = (what: string, task: () => Promise<unknown>): Promise<unknown> =>
    persist({ ...parts, signal: ending.signal, log }, what, task);

  /** Telegram is out of reach at times: then its word comes later, and nobody else waits for it. */
  const meetFirst = async (): Promise<void> => {
    try {
      await meet(FIRST_ANSWER_MS);
    } catch (error) {
      if (isTokenRefused(error)) throw new WrongToken(WRONG_TOKEN);
      if (!(error instanceof TelegramFault)) throw error;
      log.warn({ err: error }, 'Telegram cannot be reached: its chats wait');
      void until('asking who we are', () => meet());
    }
  };

  const openWebhook = (token: string, { hook, shelf }: ChannelHost, take: Take) => {
    const advice = webhookAdvice(publicUrl);
    if (advice !== undefined) log.warn(advice);
    hook(WEBHOOK_PATH, webhookOf(believes, take, now));
    const { signal } = ending;
    const cursor = createCursor({ ...parts, take, shelf, log, now });
    void until('taking up what lies on the shelf', () => takeUp({ cursor, log, signal }));
    const url = `${publicUrl}${WEBHOOK_PATH}`;
    const more = { max_connections: MOST_POSTS, drop_pending_updates: false, allowed_updates: UPDATE_KINDS };
    void until('setting the webhook', () =>
      api.call('setWebhook', { url, secret_token: token, ...more }, { signal }),
    );
  };

  const beginPolling = (take: Take, shelf: Shelf): void => {
    const polling = createPoll({ ...parts, api, take, shelf, log });
    poll = polling;
    void until('taking the webhook away', () =>
      api.call('deleteWebhook', { drop_pending_updates: false }, { signal: ending.signal }),
    ).then(() => (ending.signal.aborted ? undefined : polling.start()));
  };

  return {
    name: 'telegram',
    capabilities: capabilities(secret !== undefined),
    receive: async (request) => {
      const read = readPost(request, believes, now());
      return 'kind' in read ? read : read.received;
    },
    send: sender.send,
    fetchFile: createPhotos(api),
    deepLink: (said) => deepLink(username, said),
    start: async (host) => {
      await meetFirst();
      const { signal } = ending;
      const leave = createGroups({ api, renderer, log, signal, link: () => chatLink(username) });
      const answer = createPresses({ api, log, now });
      const take = createIntake({ ...host, answer, leave, shared: sender.shared, traced: sender.traced });
      if (secret === undefined) beginPolling(take, host.shelf);
      else openWebhook(secret, host, take);
      void until('setting commands and descriptions', () => setUp(api, renderer, parts.commands, signal));
    },
    stop: async () => {
      ending.abort();
      await poll?.stop();
    },
  };
};
