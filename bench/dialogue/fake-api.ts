import { createServer, type Server } from 'node:net';
import { eachFrame, type Frame } from '../../test/harness/frames.ts';
import { listenAnywhere } from '../../test/harness/listen.ts';

/** Something a bot sent to a person. */
export type Heard = (chat: number, text: string) => void;

const ME = { id: 1, is_bot: true, first_name: 'Bench', username: 'bench_bot' };

/** A field of JSON, or of a form with a file. */
const field = (body: string, name: string): string | undefined =>
  new RegExp(`name="${name}"\\r\\n(?:[^\\r]+\\r\\n)*\\r\\n([^\\r]*)`).exec(body)?.[1];

const sentByTelegram = (frame: Frame): { readonly chat: number; readonly text: string } | undefined => {
  const body = frame.body.toString();
  if (body.startsWith('{')) {
    const { chat_id, text, caption } = JSON.parse(body) as Record<string, unknown>;
    return { chat: Number(chat_id), text: String(text ?? caption ?? '') };
  }
  const chat = field(body, 'chat_id');
  return chat === undefined ? undefined : { chat: Number(chat), text: field(body, 'caption') ?? '' };
};

const ACTIVITY = /^POST \/v3\/conversations\/(\d+)\/activities/;
const METHOD = /^\S+ \/bot[^/]+\/(\w+)/;

const respond = (result: unknown): string => {
  const body = JSON.stringify(result);
  return `HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
};

/**
 * Where the bots send: the Bot API, and the Bot Framework's connector beside it. Says yes to everything and counts;
 * the strict one of the tests would measure itself.
 */
export class FakeApi {
  sends = 0;
  readonly #heard: Heard;
  readonly #server: Server;
  #message = 0;

  constructor(heard: Heard) {
    this.#heard = heard;
    this.#server = createServer((socket) => {
      socket.setNoDelay(true);
      socket.on('error', () => socket.destroy());
      eachFrame(socket, (frame) => void socket.write(respond(this.#answer(frame))));
    });
  }

  async listen(): Promise<string> {
    return `http://127.0.0.1:${await listenAnywhere(this.#server)}`;
  }

  #answer(frame: Frame): unknown {
    const conversation = ACTIVITY.exec(frame.head)?.[1];
    if (conversation !== undefined) return this.#activity(Number(conversation), frame);
    const method = METHOD.exec(frame.head)?.[1] ?? '';
    if (method === 'getMe') return { ok: true, result: ME };
    const sent = method.startsWith('send') ? sentByTelegram(frame) : undefined;
    if (sent === undefined) return { ok: true, result: true };
    const { chat, text } = sent;
    this.#send(chat, text);
    return {
      ok: true,
      result: { message_id: this.#message, date: 0, chat: { id: chat, type: 'private' }, text },
    };
  }

  #activity(chat: number, { body }: Frame): unknown {
    const { type, text } = JSON.parse(body.toString()) as Record<string, unknown>;
    if (type === 'message') this.#send(chat, String(text));
    return { id: String(this.#message) };
  }

  #send(chat: number, text: string): void {
    this.sends += 1;
    this.#message += 1;
    this.#heard(chat, text);
  }
}
