import { type Activity, ADAPTIVE, type Attachment, isRecord, suggestedActions } from './activity.ts';
import type { Talk } from './talk.ts';

/** A refusal as the connector words it. */
export interface Refusal {
  readonly status: number;
  readonly code: string;
  readonly message: string;
}

/** "The request content length exceeded limit of 262144 bytes": what the connector of most channels says. */
const MESSAGE_BYTES = 262_144;
/** Teams counts UTF-16 and leaves inline pictures out; approximately 100 KB. */
const TEAMS_BYTES = 100 * 1024;
/** Teams shows no more suggested actions than this. */
const TEAMS_ACTIONS = 6;

const refuse = (code: string, message: string, status = 400): Refusal => ({ status, code, message });
const lacks = (field: string): Refusal =>
  refuse('MissingProperty', `The '${field}' field is required and was not specified`);

const withoutPictures = (activity: Activity): string =>
  JSON.stringify(activity).replace(/data:image\/[^"]*/g, '');

const tooBig = (activity: Activity, channelId: string): Refusal | undefined => {
  const teams = channelId === 'msteams';
  const bytes = teams
    ? 2 * withoutPictures(activity).length
    : Buffer.byteLength(JSON.stringify(activity), 'utf8');
  const limit = teams ? TEAMS_BYTES : MESSAGE_BYTES;
  return bytes <= limit
    ? undefined
    : refuse('MessageSizeTooBig', `The request content length exceeded limit of ${limit} bytes`, 413);
};

const wrongAttachment = ({ contentType, contentUrl, content }: Attachment): Refusal | undefined => {
  if (typeof contentType !== 'string') return lacks('attachments.contentType');
  if (contentUrl === undefined && content === undefined) return lacks('attachments.content');
  if (contentUrl !== undefined && !/^(?:https?:\/\/|data:[\w/+.-]+;base64,)/.test(contentUrl))
    return refuse('BadArgument', 'Invalid attachment contentUrl');
  if (contentType !== ADAPTIVE) return undefined;
  if (!isRecord(content) || content.type !== 'AdaptiveCard' || !/^1\.\d$/.test(String(content.version)))
    return refuse('BadArgument', 'Failed to parse adaptive card');
  return Array.isArray(content.body) ? undefined : refuse('BadArgument', 'Adaptive card without body');
};

const wrongActions = (activity: Activity, { channelId }: Talk): Refusal | undefined => {
  const actions = suggestedActions(activity);
  const bad = actions.find(
    ({ type, title, value }) =>
      typeof type !== 'string' || typeof title !== 'string' || title === '' || value === undefined,
  );
  if (bad !== undefined) return refuse('BadArgument', 'Unknown or incomplete suggested action');
  if (channelId !== 'msteams') return undefined;
  if (actions.length > TEAMS_ACTIONS) return refuse('BadArgument', 'More suggested actions than are shown');
  return actions.length > 0 && (activity.attachments ?? []).length > 0
    ? refuse('BadArgument', 'Suggested actions cannot stand beside attachments in Teams')
    : undefined;
};

/** People of a conversation must be themselves. */
const wrongPeople = (activity: Activity, talk: Talk): Refusal | undefined => {
  if (activity.from?.id === undefined) return lacks('from');
  if (activity.from.id !== talk.bot.id)
    return refuse('BotNotInConversationRoster', 'The bot is not part of the conversation roster.', 403);
  if (activity.conversation !== undefined && activity.conversation.id !== talk.id)
    return refuse('BadArgument', 'Conversation id of the body differs from that of the address');
  if (activity.channelId !== undefined && activity.channelId !== talk.channelId)
    return refuse('BadArgument', 'Unknown channel for this conversation');
  return activity.recipient === undefined || activity.recipient.id === talk.user.id
    ? undefined
    : refuse('BadArgument', 'The recipient is not part of the conversation');
};

/** What the connector would not take of an activity the bot sends; undefined when it is right. */
export const complaint = (activity: unknown, talk: Talk): Refusal | undefined => {
  if (!isRecord(activity)) return refuse('BadSyntax', 'Invalid or missing activities in HTTP body');
  const said = activity as unknown as Activity;
  if (typeof said.type !== 'string') return lacks('type');
  const attachments = said.attachments ?? [];
  if (said.type === 'message' && (said.text ?? '') === '' && attachments.length === 0)
    return refuse('BadArgument', 'A message needs text or an attachment');
  const wrong = attachments.map(wrongAttachment).find((one) => one !== undefined);
  return tooBig(said, talk.channelId) ?? wrongPeople(said, talk) ?? wrong ?? wrongActions(said, talk);
};
