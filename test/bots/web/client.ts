import { randomBytes } from 'node:crypto';

/** A browser without a page: keeps its cookie, posts as the page's script or its plain forms do. */
export interface Client {
  readonly cookie: string;
  get(path: string, headers?: Record<string, string>): Promise<Response>;
  post(event: unknown, deliveryId?: string): Promise<Response>;
  form(fields: Record<string, string>, path?: string): Promise<Response>;
  photo(bytes: Uint8Array, headers?: Record<string, string>): Promise<Response>;
  stream(after?: string, headers?: Record<string, string>): Promise<Stream>;
}

export const newId = (): string => randomBytes(16).toString('hex');

export interface Said {
  readonly id: string;
  readonly html: string;
}

export interface Stream {
  readonly status: number;
  /** The next message, or undefined when the stream has ended. */
  next(): Promise<Said | undefined>;
  close(): void;
}

const fieldOf = (block: string, name: string): string | undefined =>
  block
    .split('\n')
    .find((line) => line.startsWith(`${name}: `))
    ?.slice(name.length + 2);

/** Reads server-sent events; beats and comments are passed over. */
const readStream = (response: Response, abort: AbortController): Stream => {
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  const next = async (): Promise<Said | undefined> => {
    for (;;) {
      const end = text.indexOf('\n\n');
      if (end >= 0) {
        const block = text.slice(0, end);
        text = text.slice(end + 2);
        if (fieldOf(block, 'event') !== 'said') continue;
        const data = JSON.parse(fieldOf(block, 'data') ?? '{}') as { html: string };
        return { id: fieldOf(block, 'id') ?? '', html: data.html };
      }
      const chunk = await reader?.read();
      if (chunk === undefined || chunk.done) return undefined;
      text += chunk.value;
    }
  };
  return { status: response.status, next, close: () => abort.abort() };
};

/** Opens the page once, as everybody does, and keeps the session it gave. */
export const openClient = async (url: string, cookie?: string): Promise<Client> => {
  const given = cookie ?? (await fetch(url)).headers.getSetCookie()[0]?.split(';')[0] ?? '';
  const send = (path: string, init: RequestInit = {}) =>
    fetch(url + path, { redirect: 'manual', ...init, headers: { cookie: given, ...init.headers } });
  return {
    cookie: given,
    get: (path, headers = {}) => send(path, { headers }),
    post: (event, deliveryId = newId()) =>
      send('/chat', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ deliveryId, event }),
      }),
    form: (fields, path = '/chat') =>
      send(path, { method: 'POST', body: new URLSearchParams({ deliveryId: newId(), ...fields }) }),
    photo: (bytes, headers = {}) =>
      send('/chat/photo', {
        method: 'POST',
        headers: { 'content-type': 'image/jpeg', 'x-delivery-id': newId(), ...headers },
        body: new Uint8Array(bytes),
      }),
    stream: async (after = '', headers = {}) => {
      const abort = new AbortController();
      const response = await send(`/chat/stream?after=${encodeURIComponent(after)}&lang=vi`, {
        headers,
        signal: abort.signal,
      });
      return readStream(response, abort);
    },
  };
};
