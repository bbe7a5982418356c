import { openTerminal } from '../../src/cli/terminal.ts';
import { openClient } from '../bots/web/client.ts';
import type { TestApp } from './app.ts';
import { PATIENCE } from './patience.ts';

/** Somebody's phone: says a line over a channel's real wire and hears what comes back. */
export interface Phone {
  say(text: string): Promise<void>;
  /** Waits for a message that holds this; returns it whole. Messages before it are passed over. */
  hear(part: string): Promise<string>;
  /** Touches the newest button with this on it; where there are no buttons, the words are typed. */
  press(label: string): Promise<void>;
  close(): void;
}

const phoneOf = (
  say: Phone['say'],
  messages: AsyncIterator<string>,
  close: () => void,
  press: Phone['press'] = say,
): Phone => {
  const heard: string[] = [];
  const hear = async (part: string): Promise<string> => {
    const deadline = Date.now() + PATIENCE;
    for (;;) {
      let timer: NodeJS.Timeout | undefined;
      const late = new Promise<never>((_, reject) => {
        timer = setTimeout(
          () => reject(new Error(`never heard "${part}"; heard:\n${heard.join('\n---\n')}`)),
          deadline - Date.now(),
        );
      });
      const next = await Promise.race([messages.next(), late]).finally(() => clearTimeout(timer));
      if (next.done) throw new Error(`the line went dead before "${part}"`);
      heard.push(next.value);
      if (next.value.includes(part)) return next.value;
    }
  };
  return { say, hear, press, close };
};

/** Waits for these, in whichever order they come, each in a message of its own; gives them in the order they were named. */
export const hearAll = async (phone: Phone, ...parts: readonly string[]): Promise<readonly string[]> => {
  const found = new Map<string, string>();
  while (found.size < parts.length) {
    const text = await phone.hear('');
    const part = parts.find((each) => !found.has(each) && text.includes(each));
    if (part !== undefined) found.set(part, text);
  }
  return parts.map((part) => found.get(part) ?? '');
};

export const terminalPhone = (app: TestApp, session: string): Phone => {
  const terminal = openTerminal(app, session);
  const texts = (async function* () {
    for await (const { text } of terminal.listen()) yield text;
  })();
  return phoneOf(terminal.say, texts, terminal.close);
};

const ENTITIES: Readonly<Record<string, string>> = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#39;': "'",
};

const unescaped = (html: string): string =>
  html.replace(/&(?:amp|lt|gt|quot|#39);/g, (entity) => ENTITIES[entity] ?? entity);

const plain = (html: string): string => unescaped(html.replace(/<[^>]*>/g, ' ')).replace(/\s+/g, ' ');

export interface WebPhone {
  readonly phone: Phone;
  readonly cookie: string;
  sendPhoto(bytes: Uint8Array): Promise<void>;
  /** A button whose message does not matter. */
  press(id: string): Promise<void>;
}

/** A browser's session without a page. */
export const openWebPhone = async (app: TestApp): Promise<WebPhone> => {
  const client = await openClient(app.url);
  const stream = await client.stream();
  const pages: string[] = [];
  const texts = (async function* () {
    for (let said = await stream.next(); said !== undefined; said = await stream.next()) {
      pages.unshift(said.html);
      yield plain(said.html);
    }
  })();
  const taken = ({ ok, status }: Response): void => {
    if (!ok) throw new Error(`the post was refused: ${status}`);
  };
  const touch = async (label: string): Promise<void> => {
    const button = new RegExp(`<button[^>]* name="choice" value="([^"]*)">${label}</button>`);
    const [, id] = pages.map((page) => button.exec(page)).find((found) => found !== null) ?? [];
    if (id === undefined) throw new Error(`there is no button "${label}"`);
    taken(await client.post({ type: 'choice', ids: [unescaped(id)] }));
  };
  const type = async (text: string): Promise<void> => taken(await client.post({ type: 'text', text }));
  return {
    phone: phoneOf(type, texts, stream.close, touch),
    cookie: client.cookie,
    press: async (id) => taken(await client.post({ type: 'choice', ids: [id] })),
    sendPhoto: async (bytes) => taken(await client.photo(bytes)),
  };
};

export const webPhone = async (app: TestApp): Promise<Phone> => (await openWebPhone(app)).phone;
