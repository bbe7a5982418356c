import { type Activity, type CardAction, cardActions, isRecord, suggestedActions } from './activity.ts';
import type { Talk } from './talk.ts';

const teamsSubmit = (data: unknown, inputs: Readonly<Record<string, unknown>>): Partial<Activity> => {
  const all = isRecord(data) ? data : {};
  const { msteams, ...rest } = all;
  if (!isRecord(msteams)) return { value: { ...all, ...inputs } };
  if (msteams.type === 'imBack') return { text: String(msteams.value) };
  return {
    text: String(msteams.text ?? ''),
    value: isRecord(msteams.value) ? msteams.value : { ...rest, ...inputs },
  };
};

/** A string is the text of a message that nobody sees; anything else is its value. */
const postedBack = (value: unknown): Partial<Activity> => ({
  channelData: { postBack: true },
  ...(typeof value === 'string' ? { text: value } : { value }),
});

/** What a press posts: as Web Chat and Teams do it. */
export const pressed = (
  action: CardAction,
  channelId: string,
  inputs: Readonly<Record<string, unknown>> = {},
): Partial<Activity> => {
  const { type, value, text, data } = action;
  if (type === 'imBack') return { text: String(value) };
  if (type === 'messageBack')
    return { ...(text !== undefined && { text }), ...(value !== undefined && { value }) };
  if (type === 'postBack') return postedBack(value);
  if (type !== 'Action.Submit') throw new Error(`a press on ${type} posts nothing to the bot`);
  if (channelId === 'msteams') return teamsSubmit(data, inputs);
  return typeof data === 'string'
    ? { text: data }
    : postedBack({ ...(isRecord(data) ? data : {}), ...inputs });
};

/** What both said; typing, comings and goings are left out. */
export const messages = (talk: Talk): readonly Activity[] =>
  talk.log.filter(({ type }) => type === 'message');

interface Button {
  readonly action: CardAction;
  readonly on: Activity;
}

/** Cards stay; suggested actions are there only while their message is the last one. */
export const buttonsOf = (talk: Talk): readonly Button[] => {
  const all = messages(talk);
  const last = all.at(-1);
  const cards = all.flatMap((on) => cardActions(on).map((action) => ({ action, on })));
  return [
    ...cards,
    ...(last === undefined ? [] : suggestedActions(last).map((action) => ({ action, on: last }))),
  ];
};
