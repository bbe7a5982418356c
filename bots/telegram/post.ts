import { type Outgoing, SendError, type Sent } from '../../src/delivery/outgoing.ts';
import type { Say } from '../../src/dialogue/say.ts';
import { splitText } from '../split.ts';
import type { Ask, Done, Once } from './ask.ts';
import { type Drawn, REMOVE } from './render.ts';

/** Telegram's own limits, in UTF-16 code units. */
export const MOST_TEXT = 4_096;
const MOST_CAPTION = 1_024;

export interface PostParts {
  readonly ask: Ask;
  readonly once: Once;
  /** PNG; null when there is no such declaration any more. */
  readonly qrImage: (code: string) => Promise<Buffer | null>;
}

type To = Pick<Outgoing, 'id' | 'address'>;

/** Sends a drawn message in as many parts as it takes; a part that went is not sent again when a later one fails. */
export const createPost = ({ ask, once, qrImage }: PostParts) => {
  const sendText = ({ id, address }: To, role: string, text: string, markup: Drawn['markup']) =>
    once(`${id}#${role}`, async () => {
      const { message_id: ref } = await ask(address, 'sendMessage', {
        chat_id: address,
        text,
        link_preview_options: { is_disabled: true },
        ...(markup && { reply_markup: markup }),
      });
      return { ref: String(ref) };
    });

  /** Buttons stand under the last part. */
  const sendTexts = async (to: To, role: string, text: string, markup: Drawn['markup']): Promise<Sent> => {
    const parts = splitText(text, MOST_TEXT);
    let last: Done = {};
    for (const [n, part] of parts.entries())
      last = await sendText(to, `${role}${n}`, part, n === parts.length - 1 ? markup : undefined);
    return last.ref === undefined ? {} : { ref: last.ref };
  };

  const image = async (code: string): Promise<Buffer | null> => {
    try {
      return await qrImage(code);
    } catch (cause) {
      throw new SendError('temporary', 'telegram.image', undefined, { cause });
    }
  };

  /** The QR, over its text where that is short enough for a caption. */
  const sendImage = ({ id, address }: To, code: string, { text, markup }: Drawn): Promise<Done> =>
    once(`${id}#image`, async () => {
      const source = await image(code);
      if (source === null) return { not: true };
      const { message_id: ref } = await ask(address, 'sendPhoto', {
        chat_id: address,
        photo: { source, filename: 'qr.png' },
        ...(text.length <= MOST_CAPTION && { caption: text, ...(markup && { reply_markup: markup }) }),
      });
      return { ref: String(ref) };
    });

  return async (to: To, picture: Say['image'], drawn: Drawn): Promise<Sent> => {
    const { before, text, markup } = drawn;
    if (before !== undefined) await sendTexts(to, 'before', before, REMOVE);
    if (picture === undefined) return sendTexts(to, 'text', text, markup);
    const { ref } = await sendImage(to, picture.code, drawn);
    const whole = ref !== undefined && text.length <= MOST_CAPTION;
    return whole ? { ref } : sendTexts(to, 'text', text, markup);
  };
};
