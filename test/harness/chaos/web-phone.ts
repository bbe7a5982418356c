import { setTimeout as pause } from 'node:timers/promises';
import { type Entry, type Ledger, note } from './ledger.ts';
import type { Phone } from './phone.ts';
import { isTaken, post, postTogether } from './post.ts';
import type { Random } from './random.ts';

export interface WebParts {
  readonly url: string;
  readonly random: Random;
  readonly aside: (delivering: Promise<unknown>) => void;
  /** What the server knows this browser by, from its cookie. */
  readonly addressOf: (cookie: string) => string;
}

const DOUBLE = 0.05;
const AGAIN = 0.05;
const FIRST_WAIT = 50;
const LONGEST_WAIT = 1_000;

const again = async <T>(task: () => Promise<T | undefined>): Promise<T> => {
  for (let wait = FIRST_WAIT; ; wait = Math.min(wait * 2, LONGEST_WAIT)) {
    const done = await task().catch(() => undefined);
    if (done !== undefined) return done;
    await pause(wait);
  }
};

const firstVisit = ({ url }: WebParts, from: string): Promise<string> =>
  again(async () => {
    const page = await fetch(url, {
      headers: { 'x-forwarded-for': from, connection: 'close' },
      signal: AbortSignal.timeout(2_000),
    });
    await page.arrayBuffer();
    return page.headers.getSetCookie()[0]?.split(';')[0];
  });

const ARTICLE = /<article[^>]* data-id="([^"]*)"[^>]*>([\s\S]*?)<\/article>/g;

const plain = (html: string): string =>
  html
    .replace(/<[^>]*>/g, ' ')
    .replace(/&amp;/g, '&')
    .replace(/\s+/g, ' ');

/** Listens as the page does: comes back when the line breaks, and resumes behind the last message. */
const listen = ({ url }: WebParts, headers: Record<string, string>, heard: Map<string, string>) => {
  const ending = new AbortController();
  const take = (text: string): void => {
    for (const data of text.matchAll(/^data: (\{.*\})$/gm)) {
      const { html } = JSON.parse(data[1] ?? '{}') as { html: string };
      for (const [, id = '', inside = ''] of html.matchAll(ARTICLE)) heard.set(id, plain(inside));
    }
  };
  const once = async (): Promise<void> => {
    const last = [...heard.keys()].at(-1) ?? '';
    const response = await fetch(`${url}/chat/stream?after=${encodeURIComponent(last)}&lang=vi`, {
      headers,
      signal: ending.signal,
    });
    let rest = '';
    for await (const chunk of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
      const text = rest + chunk;
      const end = text.lastIndexOf('\n\n');
      take(text.slice(0, Math.max(0, end)));
      rest = end < 0 ? text : text.slice(end);
    }
  };
  const run = async (): Promise<void> => {
    while (!ending.signal.aborted) {
      await once().catch(() => undefined); // a line that broke is the point of it all
      await pause(200);
    }
  };
  void run();
  return () => ending.abort();
};

export const webPhone = async (parts: WebParts, number: number): Promise<Phone> => {
  const { url, random } = parts;
  const from = `10.${(number >> 16) & 255}.${(number >> 8) & 255}.${number & 255}`;
  const cookie = await firstVisit(parts, from);
  const headers = { cookie, 'x-forwarded-for': from };
  const ledger: Ledger = { channel: 'web', address: parts.addressOf(cookie), entries: [] };
  const heard = new Map<string, string>();
  const hangUp = listen(parts, headers, heard);

  const deliver = (body: string): Promise<true> =>
    again(async () => {
      const once = () => post(`${url}/chat`, body, headers);
      const copies = random.chance(DOUBLE) ? [once(), once()] : [once()];
      return (await Promise.all(copies)).some(isTaken) || undefined;
    });
  const send = async (entry: Entry, body: string): Promise<void> => {
    await deliver(body);
    entry.accepted = true;
    if (random.chance(AGAIN)) parts.aside(pause(random.between(50, 2_000)).then(() => deliver(body)));
  };
  const begin = (event: object) => {
    const deliveryId = `chaos-${number}-${String(ledger.entries.length).padStart(10, '0')}`;
    return { entry: note(ledger, deliveryId), body: JSON.stringify({ deliveryId, event }) };
  };
  const act = (event: object): Promise<void> => {
    const { entry, body } = begin(event);
    return send(entry, body);
  };
  const say = (text: string) => act({ type: 'text', text });

  return {
    ledger,
    say,
    burst: async (texts) => {
      for (const text of texts) await say(text); // as the page does: an answer must not overtake the one before it
    },
    press: async (choice) => {
      await act({ type: 'choice', ids: [choice] });
      return true;
    },
    sayAndPressOld: async (text) => {
      const old = begin({ type: 'choice', ids: ['yes'], turn: 1 });
      old.entry.inOrder = false;
      await Promise.all([say(text), send(old.entry, old.body)]);
    },
    tick: async (choices) => {
      const posts = choices.map((choice) => begin({ type: 'choice', ids: [choice] }));
      const bodies = posts.map(({ body }) => body);
      const statuses = await postTogether(`${url}/chat`, bodies, headers);
      // What has to be said again may come behind what was taken the first time: only then no order is owed.
      const whole = statuses.every(isTaken);
      for (const [n, { entry, body }] of posts.entries()) {
        entry.inOrder = whole;
        if (isTaken(statuses[n] ?? 0)) entry.accepted = true;
        else await send(entry, body);
      }
    },
    heard: async () => {
      const page = await again(async () => {
        const all = await fetch(`${url}/chat/messages`, { headers: { ...headers, connection: 'close' } });
        return all.ok ? ((await all.json()) as { messages: string[] }) : undefined;
      });
      for (const html of page.messages)
        for (const [, id = '', inside = ''] of html.matchAll(ARTICLE)) heard.set(id, plain(inside));
      return [...heard].map(([id, text]) => ({ text, key: id }));
    },
    close: hangUp,
  };
};
