import { isInline, type Room, type Stored } from './rooms.ts';
import type { InlineButton, KeyboardButton } from './wire.ts';

const newestFirst = (room: Room): Stored[] =>
  [...room.messages.values()].reverse().filter(({ byBot }) => byBot);

/** The newest message with this button under it. */
export const inlineWith = (
  room: Room,
  label: string,
): { stored: Stored; button: InlineButton } | undefined => {
  for (const stored of newestFirst(room)) {
    const rows = isInline(stored.markup) ? stored.markup.inline_keyboard : [];
    const button = rows.flat().find(({ text }) => text === label);
    if (button !== undefined) return { stored, button };
  }
  return undefined;
};

/** The keyboard at the foot of the chat is the last one sent, until one takes it away. */
export const keyWith = (room: Room, label: string): KeyboardButton | undefined => {
  for (const { markup } of newestFirst(room)) {
    if (markup === undefined || isInline(markup)) continue;
    return 'keyboard' in markup ? markup.keyboard.flat().find(({ text }) => text === label) : undefined;
  }
  return undefined;
};

export const noButton = (room: Room, label: string): Error => {
  const seen = room.screen
    .screen()
    .map(({ text, inline, keyboard }) => JSON.stringify({ text, inline, keyboard }));
  return new Error(`no button "${label}"; the screen shows:\n${seen.join('\n')}`);
};
