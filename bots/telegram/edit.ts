import type { Logger } from 'pino';
import type { Outgoing } from '../../src/delivery/outgoing.ts';
import type { Renderer } from '../../src/dialogue/render.ts';
import type { Say } from '../../src/dialogue/say.ts';
import type { Once } from '../once.ts';
import type { Ask, Done } from './ask.ts';
import { isNotModified, TelegramFault } from './faults.ts';
import { MOST_TEXT } from './post.ts';
import { draw, isInline } from './render.ts';

export interface EditParts {
  readonly ask: Ask;
  readonly once: Once<Done>;
  readonly renderer: Renderer;
  readonly log: Logger;
}

const PLAIN = { is_disabled: true };

/** What is done to messages that were sent before. */
export const createEdit = ({ ask, once, renderer, log }: EditParts) => ({
  /** Puts `say` in the place of a message; false where Telegram does not let us (too old, deleted, a photo). */
  async edit(message: Outgoing, ref: string, say: Say): Promise<boolean> {
    const { address, lang } = message;
    const { text, markup } = draw(renderer, lang, say, false);
    if (!isInline(markup) || text.length > MOST_TEXT || !/^\d+$/.test(ref)) return false;
    const { not } = await once(message, 'edit', async () => {
      try {
        await ask(address, 'editMessageText', {
          chat_id: address,
          message_id: Number(ref),
          text,
          link_preview_options: PLAIN,
          ...(markup && { reply_markup: markup }),
        });
      } catch (error) {
        if (isNotModified(error)) return {};
        if (error instanceof TelegramFault && error.status === 400) return { not: true };
        throw error;
      }
      return {};
    });
    return not !== true;
  },

  /**
   * The buttons of a message that was answered go, and `text`, where there is one, shows the answer. Nobody waits for
   * it, and whether it comes about is of no weight.
   */
  close(message: Outgoing, ref: string, text: string | undefined): void {
    const { address } = message;
    const answered = { chat_id: address, message_id: Number(ref) };
    once(message, 'close', async () => {
      if (text === undefined) await ask(address, 'editMessageReplyMarkup', answered);
      else await ask(address, 'editMessageText', { ...answered, text, link_preview_options: PLAIN });
      return {};
    }).catch((err: unknown) => log.debug({ err }, 'an answered message was not closed'));
  },
});
