import { PATIENCE } from '../patience.ts';
import { type Activity, type Attachment, readable } from './activity.ts';
import { buttonsOf, messages, pressed } from './buttons.ts';
import type { Connector } from './connector.ts';
import type { Post, PostOptions } from './post.ts';
import type { Talk } from './talk.ts';
import { accounts, usual } from './usual.ts';

export interface PersonAbout {
  /** A channel's id: webchat unless said otherwise. */
  readonly channelId?: string;
  readonly locale?: string;
  /** Part of every id of this person. */
  readonly name?: string;
}

/** Somebody in front of a chat window, at the other end of the connector. What they say throws when the bot refuses it. */
export interface BotPerson {
  readonly talk: Talk;
  /** The activity that would be posted, with these fields over the usual ones; nothing is sent. */
  activity(more?: Partial<Activity>): Activity;
  /** Posts whatever it is given, and never throws for what the bot answers. */
  post(activity: Activity, options?: PostOptions): Promise<Post>;
  /** Opens the chat: the bot and the person are added to the conversation. */
  join(): Promise<Post>;
  say(text: string, more?: Partial<Activity>): Promise<Post>;
  /** Presses the newest button of this title; `inputs` is what was filled in on the card. */
  press(title: string, inputs?: Readonly<Record<string, unknown>>): Promise<Post>;
  attach(bytes: Uint8Array, contentType: string, name?: string): Promise<Post>;
  /** The next message of the bot, whatever it is; typing is passed over. */
  next(): Promise<Activity>;
  /** Waits for a message that holds this, passing over those before; returns what is read on it. */
  hear(part: string): Promise<string>;
  /** What stands in the chat now, both sides, oldest first; edits and removals are done. */
  screen(): readonly string[];
  /** Titles of what could be pressed now. */
  buttons(): readonly string[];
}

export interface PersonParts extends Pick<Connector, 'open' | 'post' | 'files' | 'serviceUrl'> {
  readonly appId: string;
  readonly tenantId: string;
  readonly name: string;
}

const attachments = (talk: Talk, file: Attachment): readonly Attachment[] =>
  talk.channelId === 'msteams'
    ? [file, { contentType: 'text/html', content: `<div><img src="${file.contentUrl}"></div>` }]
    : [file];

export const openPerson = (about: PersonAbout, parts: PersonParts): BotPerson => {
  const { channelId = 'webchat', locale = 'vi-VN' } = about;
  const talk = parts.open({
    channelId,
    tenantId: parts.tenantId,
    ...accounts(channelId, about.name ?? parts.name, parts.appId),
  });
  let read = 0;
  const activity: BotPerson['activity'] = (more = {}) => ({
    type: 'message',
    ...usual(talk, locale, parts.serviceUrl),
    ...more,
  });
  const said = async (more: Partial<Activity>): Promise<Post> => {
    const post = await parts.post(talk.add(activity(more)));
    if (post.status >= 400) throw new Error(`the bot refused: ${post.status} ${post.body}`);
    return post;
  };
  const next = async (): Promise<Activity> => {
    const deadline = Date.now() + PATIENCE;
    for (;;) {
      const found = talk.arrived[read];
      if (found === undefined) {
        await talk.change(deadline - Date.now()).catch((cause) => {
          throw new Error('the bot said nothing more', { cause });
        });
        continue;
      }
      read += 1;
      if (found.type === 'message') return found;
    }
  };
  return {
    talk,
    activity,
    post: parts.post,
    join: () => said({ type: 'conversationUpdate', membersAdded: [talk.bot, talk.user] }),
    say: (text, more = {}) => said({ text, textFormat: 'plain', ...more }),
    press: async (title, inputs) => {
      const found = buttonsOf(talk).findLast(({ action }) => action.title === title);
      if (found === undefined)
        throw new Error(`no button "${title}" in:\n${messages(talk).map(readable).join('\n---\n')}`);
      const { id } = found.on;
      const reply = channelId === 'msteams' && found.action.type.startsWith('Action') && id !== undefined;
      return said({ ...pressed(found.action, channelId, inputs), ...(reply ? { replyToId: id } : {}) });
    },
    attach: (bytes, contentType, name = 'photo.jpg') => {
      const contentUrl = parts.files.keep({
        bytes,
        type: contentType,
        name,
        guarded: channelId === 'msteams',
      });
      return said({ attachments: attachments(talk, { contentType, contentUrl, name }) });
    },
    next,
    hear: async (part) => {
      const heard: string[] = [];
      for (;;) {
        const message = readable(
          await next().catch((cause) => {
            throw new Error(`never heard "${part}"; heard:\n${heard.join('\n---\n')}`, { cause });
          }),
        );
        if (message.includes(part)) return message;
        heard.push(message);
      }
    },
    screen: () => messages(talk).map(readable),
    buttons: () => buttonsOf(talk).map(({ action }) => action.title ?? ''),
  };
};
