/** What goes over the Bot Framework's wire, as far as the stand-ins look at it; everything else passes untouched. */
export interface Account {
  readonly id: string;
  readonly name?: string;
  readonly aadObjectId?: string;
}

export interface CardAction {
  readonly type: string;
  readonly title?: string;
  readonly value?: unknown;
  readonly text?: string;
  readonly displayText?: string;
  /** Adaptive Cards name theirs so. */
  readonly data?: unknown;
}

export interface Attachment {
  readonly contentType: string;
  readonly contentUrl?: string;
  readonly name?: string;
  readonly content?: unknown;
}

export interface Activity {
  readonly type: string;
  readonly id?: string;
  readonly timestamp?: string;
  readonly serviceUrl?: string;
  readonly channelId?: string;
  readonly from?: Account;
  readonly recipient?: Account;
  readonly conversation?: { readonly id: string; readonly [more: string]: unknown };
  readonly text?: string;
  readonly value?: unknown;
  readonly replyToId?: string;
  readonly attachments?: readonly Attachment[];
  readonly suggestedActions?: { readonly actions?: readonly CardAction[]; readonly to?: readonly string[] };
  readonly [more: string]: unknown;
}

/** Channels whose users may open a message again after it was sent; the others answer an edit with 405. */
export const EDITABLE: ReadonlySet<string> = new Set(['msteams', 'slack']);

export const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const ADAPTIVE = 'application/vnd.microsoft.card.adaptive';

/** Every object anywhere in a card that `wanted` takes, in reading order. */
const findAll = (
  value: unknown,
  wanted: (one: Readonly<Record<string, unknown>>) => boolean,
): readonly Readonly<Record<string, unknown>>[] => {
  if (Array.isArray(value)) return value.flatMap((one) => findAll(one, wanted));
  if (!isRecord(value)) return [];
  return [...(wanted(value) ? [value] : []), ...Object.values(value).flatMap((one) => findAll(one, wanted))];
};

const isAction = ({ type, title }: Readonly<Record<string, unknown>>): boolean =>
  typeof title === 'string' &&
  /^(?:Action\.\w+|imBack|postBack|messageBack|openUrl|call)$/.test(String(type));

/** The buttons on the cards of a message; suggested actions are not among them. */
export const cardActions = (activity: Activity): readonly CardAction[] =>
  (activity.attachments ?? []).flatMap(
    ({ content }) => findAll(content, isAction) as unknown as readonly CardAction[],
  );

export const suggestedActions = (activity: Activity): readonly CardAction[] =>
  activity.suggestedActions?.actions ?? [];

const words = (content: unknown): readonly string[] =>
  findAll(content, ({ text, subtitle, altText, alt }) =>
    [text, subtitle, altText, alt].some((one) => typeof one === 'string'),
  ).flatMap(({ title, subtitle, text, altText, alt }) =>
    [title, subtitle, text, altText, alt].filter((one) => typeof one === 'string'),
  );

/** What somebody reads on the screen: the text, the words on cards, names of pictures, each button in brackets. */
export const readable = (activity: Activity): string => {
  const buttons = [...cardActions(activity), ...suggestedActions(activity)];
  const cards = (activity.attachments ?? []).flatMap(({ content, contentType, name }) =>
    content === undefined ? [`(${name ?? contentType})`] : words(content),
  );
  const parts = [activity.text ?? '', ...cards, ...buttons.map(({ title }) => `[${title}]`)];
  return parts.filter((part) => part !== '').join('\n');
};
