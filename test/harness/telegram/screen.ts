import { PATIENCE } from '../patience.ts';
import type { Stored } from './rooms.ts';
import type { ScreenMessage, View } from './types.ts';
import type { Markup } from './wire.ts';

const labels = (rows: readonly (readonly { readonly text: string }[])[]): string[][] =>
  rows.map((row) => row.map(({ text }) => text));

const buttons = (markup: Markup | undefined): Pick<ScreenMessage, 'inline' | 'keyboard'> => {
  if (markup === undefined || 'force_reply' in markup) return { inline: [] };
  if ('inline_keyboard' in markup) return { inline: labels(markup.inline_keyboard) };
  return { inline: [], keyboard: 'keyboard' in markup ? labels(markup.keyboard) : 'removed' };
};

const shown = ({ id, content, markup, upload, editedCount }: Stored): ScreenMessage => ({
  id,
  text: content.text ?? '',
  ...(content.caption === undefined ? {} : { caption: content.caption }),
  ...(content.photo === undefined || upload === undefined ? {} : { photo: upload.bytes }),
  ...(content.document === undefined || upload === undefined ? {} : { document: upload }),
  ...buttons(markup),
  editedCount,
});

export interface Screen extends View {
  /** A message of the bot came or was edited. */
  changed(stored: Stored): void;
  close(): void;
}

interface Waiter {
  readonly take: (message: ScreenMessage) => void;
  readonly fail: (why: Error) => void;
}

export const createScreen = (messages: ReadonlyMap<number, Stored>): Screen => {
  const unread: ScreenMessage[] = [];
  const waiters: Waiter[] = [];
  const screen = (): readonly ScreenMessage[] =>
    [...messages.values()].filter(({ byBot }) => byBot).map(shown);

  const changed = (stored: Stored): void => {
    const message = shown(stored);
    const waiter = waiters.shift();
    if (waiter === undefined) unread.push(message);
    else waiter.take(message);
  };

  const late = (ms: number): Error => {
    const seen = screen().map(({ text, caption }) => caption ?? text);
    return new Error(`nothing new from the bot in ${ms} ms; the screen shows:\n${seen.join('\n---\n')}`);
  };

  const next = async (ms = PATIENCE): Promise<ScreenMessage> => {
    const first = unread.shift();
    if (first !== undefined) return first;
    return new Promise((resolve, reject) => {
      const done = (): void => {
        clearTimeout(timer);
        waiters.splice(waiters.indexOf(waiter), 1);
      };
      const waiter: Waiter = {
        take: (message) => {
          clearTimeout(timer);
          resolve(message);
        },
        fail: (why) => {
          done();
          reject(why);
        },
      };
      const timer = setTimeout(() => waiter.fail(late(ms)), ms);
      waiters.push(waiter);
    });
  };

  const close = (): void => {
    for (const waiter of [...waiters]) waiter.fail(new Error('the fake Telegram was closed'));
  };

  return { screen, next, changed, close };
};
