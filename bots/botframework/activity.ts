import { z } from 'zod';

/** In an address these are the way up or nothing, encoded or not; half a UTF-16 pair cannot be encoded at all. */
const isNoId = (text: string): boolean => text === '.' || text === '..' || /\p{Cs}/u.test(text);

/** Ids are opaque; the longest seen, of Teams and of e-mail, stay far below this. */
const id = z
  .string()
  .min(1)
  .max(1_000)
  .refine((text) => !isNoId(text));
const account = z.object({ id });

/** Our own buttons say which turn they were drawn for; a card adds what was ticked. */
const press = z.object({
  khaibao: z.object({ turn: z.int().min(0), id: z.string().min(1).max(200) }),
  picks: z.string().max(10_000).optional(),
});
export type Press = z.infer<typeof press>;

const attachment = z.object({
  contentType: z.string().max(200),
  contentUrl: z.string().max(10_000).optional(),
  name: z.string().max(1_000).nullish(),
});
export type AttachmentIn = z.infer<typeof attachment>;

/** The fields of a Bot Framework Activity that we use; whatever else it says is left out. */
const activity = z.object({
  type: z.string().min(1).max(60),
  id: id.optional(),
  timestamp: z.string().max(60).optional(),
  channelId: z.string().regex(/^[\w.-]{1,60}$/),
  serviceUrl: z.url({ protocol: /^https?$/ }).max(1_000),
  from: account.optional(),
  recipient: account,
  conversation: z.object({
    id,
    isGroup: z.boolean().nullish(),
    conversationType: z.string().max(60).nullish(),
  }),
  locale: z.string().max(60).nullish(),
  text: z.string().nullish(),
  value: z.unknown().optional(),
  replyToId: id.nullish(),
  attachments: z.array(attachment).max(50).nullish(),
  action: z.string().max(60).nullish(),
  membersAdded: z.array(account).max(500).nullish(),
  deliveryMode: z.string().max(60).nullish(),
});
export type Activity = z.infer<typeof activity>;

export const parseActivity = (body: unknown): Activity | undefined => activity.safeParse(body).data;

export const pressOf = (value: unknown): Press | undefined => press.safeParse(value).data;

/** A button: what is written on it, and what comes back. */
export interface CardAction {
  readonly type: 'messageBack' | 'imBack';
  readonly title: string;
  readonly text?: string;
  readonly displayText?: string;
  readonly value: unknown;
}

export interface AttachmentOut {
  readonly contentType: string;
  readonly contentUrl?: string;
  readonly content?: unknown;
  readonly name?: string;
}

/** What we send; the SDK adds who it is from, whom it is for and in which conversation. */
export interface ActivityOut {
  readonly type: 'message' | 'typing';
  readonly text?: string;
  readonly textFormat?: 'plain';
  readonly locale?: string;
  readonly attachments?: readonly AttachmentOut[];
  readonly suggestedActions?: { readonly actions: readonly CardAction[]; readonly to: readonly string[] };
}
