import type { InlineKeyboardMarkup, ReplyKeyboardMarkup, ReplyKeyboardRemove } from 'telegraf/types';
import { sayText, wordsToType } from '../../src/dialogue/plain.ts';
import type { Renderer } from '../../src/dialogue/render.ts';
import type { Choice, Say } from '../../src/dialogue/say.ts';
import type { Lang } from '../../src/domain/lang.ts';
import { buttonsOf, inlineKeyboard, type Labelled, shareKeyboard, shareOf } from './keyboard.ts';

export type Markup = InlineKeyboardMarkup | ReplyKeyboardMarkup | ReplyKeyboardRemove;

/** A message as Telegram draws it: plain text, so that no sign in it means anything. */
export interface Drawn {
  /** Sent first, because only a message without buttons can take the share keyboard away. */
  readonly before?: string;
  readonly text: string;
  readonly markup?: Markup;
}

export const REMOVE: ReplyKeyboardRemove = { remove_keyboard: true };

/** What everything said in an exercise begins with. */
const MARK = 'training.mark';
export const TICKED = '☑';
export const UNTICKED = '☐';

/** The words of a choice, with its tick where several may be chosen. */
const labelOf = (renderer: Renderer, lang: Lang, { several }: Say, choice: Choice): string => {
  const label = renderer.value(lang, choice.label);
  if (!several || choice.control) return label;
  return `${choice.picked ? TICKED : UNTICKED} ${label}`;
};

/** Choices that found no button, as words to type. */
const withWords = (renderer: Renderer, lang: Lang, text: string, left: readonly Labelled[]): string => {
  const choices = left.map(({ choice }) => choice);
  return [text, ...wordsToType(renderer, lang, choices)].join('\n');
};

const shareWords = (renderer: Renderer, lang: Lang, share: 'contact' | 'location'): string =>
  renderer.line(lang, { key: share === 'contact' ? 'telegram.share.contact' : 'telegram.share.location' });

/**
 * @param open Whether the share keyboard of an earlier question may still stand under the chat: this message then
 * takes it away, or, having buttons itself, has its notes (or a word of thanks) sent before it to do so.
 */
export const draw = (renderer: Renderer, lang: Lang, say: Say, open: boolean): Drawn => {
  const labelled = (say.choices ?? []).map((choice) => ({
    choice,
    label: labelOf(renderer, lang, say, choice),
  }));
  const share = shareOf(say.input, say.choices ?? []);
  if (share !== undefined) {
    const markup = shareKeyboard(share, shareWords(renderer, lang, share), labelled);
    return { text: sayText(renderer, lang, say), markup };
  }
  const buttons = buttonsOf(say.turn, labelled);
  const left = labelled.filter((each) => !buttons.includes(each));
  const text = withWords(renderer, lang, sayText(renderer, lang, say), left);
  if (buttons.length === 0) return open ? { text, markup: REMOVE } : { text };
  const markup = inlineKeyboard(say.turn, buttons);
  if (!open) return { text, markup };
  if (say.notes.length === 0 || say.ask === undefined)
    return { before: renderer.line(lang, { key: 'telegram.noted' }), text, markup };
  const before = sayText(renderer, lang, { notes: say.notes, turn: say.turn });
  const { ask, progress } = say;
  // The mark of an exercise belongs on the question too.
  const notes = say.notes.filter(({ key }) => key === MARK).slice(0, 1);
  const asked = { notes, ask, ...(progress && { progress }), turn: say.turn };
  return { before, text: withWords(renderer, lang, sayText(renderer, lang, asked), left), markup };
};

/** Whether a message that was sent can be made this one: only buttons under the message itself can be changed. */
export const isInline = (markup: Markup | undefined): markup is InlineKeyboardMarkup | undefined =>
  markup === undefined || 'inline_keyboard' in markup;
