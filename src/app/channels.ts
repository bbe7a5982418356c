import type { Logger } from 'pino';
import { createBotFrameworkChannel } from '../../bots/botframework/channel.ts';
import type { Channel } from '../../bots/port.ts';
import { createTerminalChannel } from '../../bots/terminal/channel.ts';
import { createWebChannel } from '../../bots/web/channel.ts';
import { FLOWS } from '../../flows/index.ts';
import type { Assets } from '../../web/assets.ts';
import type { Attachments } from '../delivery/attachments.ts';
import type { Mailbox } from '../delivery/mailbox.ts';
import type { Renderer } from '../dialogue/render.ts';
import type { Say } from '../dialogue/say.ts';
import type { Lang } from '../domain/lang.ts';
import { chatIdBy } from '../services/chatId.ts';
import type { Qr } from '../services/qr.ts';
import { createAttachments } from '../services/report/attach.ts';
import type { Settings } from '../settings.ts';
import { HOME } from './home.ts';
import { type Stored, talkOf } from './reader.ts';
import { type Store, secretFor } from './store.ts';

/** What the channels are made of. */
export interface ChannelParts {
  readonly settings: Settings;
  readonly log: Logger;
  readonly store: Store;
  readonly renderer: Renderer;
  readonly mailbox: Mailbox;
  readonly qr: Qr;
  readonly conversations: Pick<Stored, 'load'>;
  readonly assets: Assets;
  /** What a terminal client must show. */
  readonly token: string;
  /** The first message to somebody who has not said anything yet. */
  readonly greeting: (lang: Lang) => Say;
}

const web = (parts: ChannelParts): Channel => {
  const { settings, store } = parts;
  return createWebChannel({
    ...parts,
    publicUrl: settings.publicUrl,
    sessionKeys: [secretFor(store.ring, 'web-session')],
    chatOf: chatOf(parts, 'web'),
    attachments: attachmentsFor(parts, 'web'),
  });
};

const terminal = (parts: ChannelParts): Channel =>
  createTerminalChannel({ ...parts, qrText: parts.qr.text, chatOf: chatOf(parts, 'terminal') });

const botFramework = (parts: ChannelParts): Channel | undefined => {
  const { botFramework: settings } = parts.settings;
  return (
    settings &&
    createBotFrameworkChannel({ ...parts, settings, attachments: attachmentsFor(parts, 'botframework') })
  );
};

/** Of use to a few only: they stand last. */
const LAST = ['join', 'unlink', 'link'];

/** What anybody may begin by a command; the staff find theirs in their menu. */
const commands = FLOWS.toSorted((a, b) => LAST.indexOf(a.name) - LAST.indexOf(b.name)).flatMap(
  ({ name, command, needs }) =>
    command === undefined || needs !== undefined ? [] : [{ command, title: `${name}.title` }],
);

/** Loaded only where it is used: its libraries are a fifth of what is loaded for a start. */
const telegram = async (parts: ChannelParts): Promise<Channel | undefined> => {
  const { settings } = parts;
  if (settings.telegram === undefined) return undefined;
  const { createTelegramChannel } = await import('../../bots/telegram/channel.ts');
  return createTelegramChannel({
    ...parts,
    settings: settings.telegram,
    publicUrl: settings.publicUrl,
    attachments: attachmentsFor(parts, 'telegram'),
    commands,
  });
};

const chatOf =
  ({ store }: ChannelParts, channel: string) =>
  (address: string): string =>
    chatIdBy(store.index)(channel, address);

/** Made for who is behind an address of a channel, by what they may read at that moment. */
const attachmentsFor = (parts: ChannelParts, channel: string): Attachments => {
  const { store, renderer, qr, conversations } = parts;
  return createAttachments({
    collections: store.database.collections,
    sealer: store.sealer,
    home: HOME,
    renderer,
    qrImage: qr.image,
    chatsOf: async (address) => {
      const chat = chatOf(parts, channel)(address);
      return [chat, ...(await talkOf(conversations, chat))];
    },
  });
};

/** The ways to talk to people: one folder under `bots/`, one line here; none where its settings are missing. */
const CHANNELS: readonly ((parts: ChannelParts) => Channel | undefined | Promise<Channel | undefined>)[] = [
  web,
  terminal,
  botFramework,
  telegram,
];

export const openChannels = async (parts: ChannelParts): Promise<ReadonlyMap<string, Channel>> => {
  const created = await Promise.all(CHANNELS.map((create) => create(parts)));
  const open = created.filter((channel) => channel !== undefined);
  return new Map(open.map((channel) => [channel.name, channel]));
};
