import { PATIENCE } from '../../harness/patience.ts';
import type { FakeUser, ScreenMessage } from '../../harness/telegram/server.ts';
import type { Phone } from '../../harness/wires.ts';

/** All that can be read of a message: its text, what it carries, and what stands on its buttons. */
export const readable = ({
  text,
  caption = '',
  photo,
  document,
  inline,
  keyboard,
}: ScreenMessage): string => {
  const keys = keyboard === 'removed' ? [] : (keyboard ?? []);
  const carried = [photo && '(photo)', document && `(${document.filename})`];
  return [text, caption, ...carried, ...[...inline, ...keys].map((row) => row.join(' | '))]
    .filter((line) => line !== undefined && line !== '')
    .join('\n');
};

/** Somebody with Telegram on their phone. */
export const phoneOf = (user: FakeUser): Phone => ({
  say: async (text) => void user.say(text),
  hear: async (part) => {
    const deadline = Date.now() + PATIENCE;
    for (;;) {
      const message = readable(await user.next(Math.max(1, deadline - Date.now())));
      if (message.includes(part)) return message;
    }
  },
  press: async (label) => void user.press(label),
  close: () => undefined,
});
