import type { InlineKeyboardMarkup, ReplyKeyboardMarkup } from 'telegraf/types';
import type { Choice, Input } from '../../src/dialogue/say.ts';
import { dataOf } from './data.ts';

/** A choice with the words that stand on its button. */
export interface Labelled {
  readonly choice: Choice;
  readonly label: string;
}

/** Telegram: bytes of a button's data. */
const MOST_DATA = 64;
/** Telegram: buttons under one message. */
const MOST_BUTTONS = 100;
/** A phone shows some 30 letters in a row of buttons; three of four letters are hit by a thumb, more are not. */
const ROW_LETTERS = 24;
const ROW_BUTTONS = 3;
/** Two lines of a phone; the rest of a longer label would not be seen. */
const MOST_LETTERS = 60;

const shortened = (label: string): string => {
  const signs = [...label];
  return label.length <= MOST_LETTERS ? label : `${signs.slice(0, MOST_LETTERS - 1).join('')}…`;
};

/** Short labels share a row, a long one has its own. */
const rowsOf = (labelled: readonly Labelled[]): readonly (readonly Labelled[])[] => {
  const rows: Labelled[][] = [];
  for (const each of labelled) {
    const row = rows.at(-1);
    const letters = [...(row ?? []), each].reduce((sum, { label }) => sum + label.length, 0);
    if (row !== undefined && row.length < ROW_BUTTONS && letters <= ROW_LETTERS) row.push(each);
    else rows.push([each]);
  }
  return rows;
};

const isControl = ({ choice }: Labelled): boolean => choice.control === true;

/** Whether a choice can be a button; one that cannot is written as a word to type. */
const fitsButton = (turn: number, { id }: Choice): boolean =>
  Buffer.byteLength(dataOf(turn, id)) <= MOST_DATA;

/** Those that find a button: back, skip and the like always do. */
export const buttonsOf = (turn: number, labelled: readonly Labelled[]): readonly Labelled[] => {
  const fit = labelled.filter(({ choice }) => fitsButton(turn, choice));
  const controls = fit.filter(isControl);
  const answers = fit.filter((each) => !isControl(each)).slice(0, MOST_BUTTONS - controls.length);
  return [...answers, ...controls];
};

/** Answers first, then back, skip and the like in rows of their own. */
const arranged = (labelled: readonly Labelled[]) => [
  ...rowsOf(labelled.filter((each) => !isControl(each))),
  ...rowsOf(labelled.filter(isControl)),
];

export const inlineKeyboard = (turn: number, labelled: readonly Labelled[]): InlineKeyboardMarkup => ({
  inline_keyboard: arranged(labelled).map((row) =>
    row.map(({ choice, label }) => ({ text: shortened(label), callback_data: dataOf(turn, choice.id) })),
  ),
});

export type Share = 'contact' | 'location';

const SHARES: Partial<Record<Input, Share>> = {
  contact: 'contact',
  place: 'location',
  location: 'location',
};

/** What the phone itself can answer with one touch; not where there are answers to choose from. */
export const shareOf = (input: Input | undefined, choices: readonly Choice[]): Share | undefined =>
  input !== undefined && choices.every(({ control }) => control) ? SHARES[input] : undefined;

/** Only this kind of keyboard can share; what else stands on it is said as if it were typed. */
export const shareKeyboard = (
  share: Share,
  words: string,
  labelled: readonly Labelled[],
): ReplyKeyboardMarkup => ({
  keyboard: [
    [share === 'contact' ? { text: words, request_contact: true } : { text: words, request_location: true }],
    ...rowsOf(labelled).map((row) => row.map(({ label }) => ({ text: shortened(label) }))),
  ],
  resize_keyboard: true,
  one_time_keyboard: true,
});
