import type { Attachments } from '../../src/delivery/attachments.ts';
import { type Outgoing, SendError, type Sent } from '../../src/delivery/outgoing.ts';
import type { Image, Say } from '../../src/dialogue/say.ts';
import type { Once } from '../once.ts';
import { splitText } from '../split.ts';
import type { Ask, Done } from './ask.ts';
import { type Drawn, REMOVE } from './render.ts';

/** Telegram's own limits, in UTF-16 code units. */
export const MOST_TEXT = 4_096;
const MOST_CAPTION = 1_024;

export interface PostParts {
  readonly ask: Ask;
  readonly once: Once<Done>;
  readonly attachments: Attachments;
}

type To = Pick<Outgoing, 'id' | 'address' | 'lang'>;

/** What cannot be made now is made when the message is tried again. */
const made = async <T>(making: Promise<T>): Promise<T> => {
  try {
    return await making;
  } catch (cause) {
    throw new SendError('temporary', 'telegram.image', undefined, { cause });
  }
};

/** Sends a drawn message in as many parts as it takes; a part that went is not sent again when a later one fails. */
export const createPost = ({ ask, once, attachments }: PostParts) => {
  const sendText = (to: To, role: string, text: string, markup: Drawn['markup']) =>
    once(to, role, async () => {
      const { message_id: ref } = await ask(to.address, 'sendMessage', {
        chat_id: to.address,
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

  /** The image, over its text where that is short enough for a caption. */
  const sendImage = (to: To, image: Image, { text, markup }: Drawn): Promise<Done> =>
    once(to, 'image', async () => {
      const source = await made(attachments.image(image, to));
      if (source === null) return { not: true };
      const { message_id: ref } = await ask(to.address, 'sendPhoto', {
        chat_id: to.address,
        photo: { source, filename: `${image.kind}.png` },
        ...(text.length <= MOST_CAPTION && { caption: text, ...(markup && { reply_markup: markup }) }),
      });
      return { ref: String(ref) };
    });

  const sendFile = (to: To, file: NonNullable<Say['file']>): Promise<Done> =>
    once(to, 'file', async () => {
      const found = await made(attachments.file(file, to));
      if (found === null) return { not: true };
      const document = { source: found.bytes, filename: found.name };
      await ask(to.address, 'sendDocument', { chat_id: to.address, document });
      return {};
    });

  const sendWords = async (to: To, image: Image | undefined, drawn: Drawn): Promise<Sent> => {
    const { text, markup } = drawn;
    if (image === undefined) return sendTexts(to, 'text', text, markup);
    const { ref } = await sendImage(to, image, drawn);
    const whole = ref !== undefined && text.length <= MOST_CAPTION;
    return whole ? { ref } : sendTexts(to, 'text', text, markup);
  };

  /** A file stands before the words, so that their buttons are the last in the chat. */
  return async (to: To, { image, file }: Pick<Say, 'image' | 'file'>, drawn: Drawn): Promise<Sent> => {
    if (drawn.before !== undefined) await sendTexts(to, 'before', drawn.before, REMOVE);
    if (file !== undefined) await sendFile(to, file);
    return sendWords(to, image, drawn);
  };
};
