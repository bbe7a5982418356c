import { LRUCache } from 'lru-cache';
import type { Logger } from 'pino';
import type { Outgoing, Sent } from '../../src/delivery/outgoing.ts';
import type { Renderer } from '../../src/dialogue/render.ts';
import type { Say } from '../../src/dialogue/say.ts';
import { createOnce } from '../once.ts';
import type { Api } from './api.ts';
import { createAsk, type Done } from './ask.ts';
import { createEdit } from './edit.ts';
import { isTokenRefused, sendErrorOf, TelegramFault } from './faults.ts';
import { createPost, type PostParts } from './post.ts';
import { type Drawn, draw, REMOVE } from './render.ts';
import { createTraces, type Traces } from './trace.ts';

/** Chats whose share keyboard is remembered; one that was forgotten keeps it until it is used. */
const KEYBOARDS_KEPT = 10_000;

export interface SenderParts extends Pick<PostParts, 'attachments'> {
  readonly api: Api;
  readonly renderer: Renderer;
  readonly log: Logger;
  readonly now?: () => number;
}

export interface Sender {
  /** @throws SendError */
  send(message: Outgoing): Promise<Sent>;
  /** Something was shared by the keyboard that is for it: it has hidden itself. */
  shared(address: string): void;
  /** A button was pressed: how its message will stand when the answer was taken. */
  readonly traced: Traces['keep'];
}

export const createSender = ({ api, renderer, log, attachments, now }: SenderParts): Sender => {
  const once = createOnce<Done>();
  const ask = createAsk(api, now);
  const post = createPost({ ask, once, attachments });
  const { edit, close } = createEdit({ ask, once, renderer, log });
  const traces = createTraces();
  const keyboards = new LRUCache<string, true>({ max: KEYBOARDS_KEPT });

  /** What stands under the chat after a message; an alert leaves the keyboard of the open question alone. */
  const remember = (address: string, say: Say, { before, markup }: Drawn): void => {
    if (say.turn === 0) return;
    if (markup !== undefined && 'keyboard' in markup) keyboards.set(address, true);
    else if (before !== undefined || markup === REMOVE) keyboards.delete(address);
  };

  const sendNew = async ({ id, address, lang, say }: Outgoing): Promise<Sent> => {
    const drawn = draw(renderer, lang, say, say.turn !== 0 && keyboards.has(address));
    const sent = await post({ id, address, lang }, say, drawn);
    remember(address, say, drawn);
    return sent;
  };

  const send = async (message: Outgoing): Promise<Sent> => {
    const { say, edits, pressed, taken } = message;
    if (edits !== undefined && (await edit(message, edits.ref, edits.say))) return { ref: edits.ref };
    if (edits === undefined && pressed !== undefined) {
      if (say.same && (await edit(message, pressed, say))) return { ref: pressed };
      close(message, pressed, say.same || !taken ? undefined : traces.of(message.address, pressed));
    }
    return sendNew(message);
  };

  return {
    shared: (address) => void keyboards.delete(address),
    traced: traces.keep,
    send: async (message) => {
      try {
        return await send(message);
      } catch (error) {
        if (!(error instanceof TelegramFault)) throw error;
        if (isTokenRefused(error))
          log.error({ err: error }, 'TELEGRAM_BOT_TOKEN is not taken: messages wait');
        throw sendErrorOf(error);
      }
    },
  };
};
