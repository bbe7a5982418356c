import { LRUCache } from 'lru-cache';
import { z } from 'zod';
import { DONE } from '../../src/dialogue/question/choice.ts';
import { readData } from './data.ts';
import { MOST_TEXT } from './post.ts';
import { TICKED, UNTICKED } from './render.ts';

/** What of a pressed message is needed to show the answer on it; odd markup costs the trace, not the press. */
export const shownMessage = {
  text: z.string().optional().catch(undefined),
  reply_markup: z
    .looseObject({
      inline_keyboard: z.array(
        z.array(z.looseObject({ text: z.string(), callback_data: z.string().optional() })),
      ),
    })
    .optional()
    .catch(undefined),
};
type Shown = z.infer<z.ZodObject<typeof shownMessage>>;

const isTicked = (label: string): boolean => label.startsWith(`${TICKED} `);

const bare = (label: string): string =>
  isTicked(label) || label.startsWith(`${UNTICKED} `) ? label.slice(2) : label;

/** What stands on the pressed button; of a list that was ended, what is ticked in it. */
const answerOn = ({ reply_markup }: Shown, data: string, id: string): string | undefined => {
  const buttons = reply_markup?.inline_keyboard.flat() ?? [];
  const ticked = buttons.map(({ text }) => text).filter(isTicked);
  if (id === DONE && ticked.length > 0) return ticked.map(bare).join(', ');
  const label = buttons.find(({ callback_data }) => callback_data === data)?.text;
  return label === undefined ? undefined : bare(label);
};

/**
 * The message with the answer that was taken under it: the buttons go, and whoever reads back sees what they said.
 * Undefined where it cannot be: a photo has no text, and a message outside the talk (turn 0, an alert) is brought up
 * to date by others, who must not be overwritten.
 */
export const tracedText = (shown: Shown, data: string): string | undefined => {
  const { turn = 0, id = '' } = readData(data) ?? {};
  const answer = turn === 0 ? undefined : answerOn(shown, data, id);
  if (shown.text === undefined || answer === undefined) return undefined;
  const text = `${shown.text}\n✔ ${answer}`;
  return text.length > MOST_TEXT ? undefined : text;
};

/** Between a press and its answer lie some milliseconds; what is forgotten just loses its buttons. */
const KEPT = 2_000;

export interface Traces {
  keep(address: string, ref: string, text: string): void;
  of(address: string, ref: string): string | undefined;
}

/** Pressed messages as they will stand. In this process only, and never stored: they hold what people said. */
export const createTraces = (): Traces => {
  const kept = new LRUCache<string, string>({ max: KEPT });
  return {
    keep: (address, ref, text) => void kept.set(`${address} ${ref}`, text),
    of: (address, ref) => kept.get(`${address} ${ref}`),
  };
};
