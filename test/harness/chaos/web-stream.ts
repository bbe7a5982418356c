import { setTimeout as pause } from 'node:timers/promises';

/** Of a message only what is said: its buttons go when the next one comes. */
const MESSAGE =
  /<article class="(mine|theirs)"[^>]* data-id="([^"]*)"[^>]*>[\s\S]*?<div class="bubble">([\s\S]*?)<\/div>/g;

const plain = (html: string): string =>
  html
    .replace(/<[^>]*>/g, ' ')
    .replace(/&amp;/g, '&')
    .replace(/\s+/g, ' ');

export interface Shown {
  readonly id: string;
  /** It is the person's own. */
  readonly mine: boolean;
  readonly text: string;
}

/** What the page shows of the talk: a message that comes again has the id it had, and is shown once. */
export const messagesIn = (html: string): readonly Shown[] =>
  [...html.matchAll(MESSAGE)].map(([, whose, id = '', said = '']) => ({
    id,
    mine: whose === 'mine',
    text: plain(said),
  }));

/** Listens as the page does: comes back when the line breaks, and resumes behind the last message. */
export const listen = (url: string, headers: Record<string, string>, heard: Map<string, Shown>) => {
  const ending = new AbortController();
  const take = (text: string): void => {
    for (const data of text.matchAll(/^data: (\{.*\})$/gm)) {
      const { html } = JSON.parse(data[1] ?? '{}') as { html: string };
      for (const shown of messagesIn(html)) heard.set(shown.id, shown);
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
