import { setTimeout as pause } from 'node:timers/promises';
import { type Entry, type Ledger, note, noteTaken, openLedger } from './ledger.ts';
import { OLD_CHOICE, type Phone } from './phone.ts';
import { type Doors, deliver, fateOf, isTaken, postTogether } from './post.ts';
import type { Random } from './random.ts';
import type { Tally } from './tally.ts';
import { listen, messagesIn, type Shown } from './web-stream.ts';

export interface WebParts {
  readonly doors: Doors;
  readonly random: Random;
  readonly tally: Tally;
  readonly aside: (delivering: Promise<unknown>) => void;
  /** What the server knows this browser by, from its cookie. */
  readonly addressOf: (cookie: string) => string;
}

const FIRST_WAIT = 50;
const LONGEST_WAIT = 1_000;

const again = async <T>(task: () => Promise<T | undefined>): Promise<T> => {
  for (let wait = FIRST_WAIT; ; wait = Math.min(wait * 2, LONGEST_WAIT)) {
    const done = await task().catch(() => undefined);
    if (done !== undefined) return done;
    await pause(wait);
  }
};

const firstVisit = ({ doors }: WebParts, from: string): Promise<string> =>
  again(async () => {
    const page = await fetch(doors.url, {
      headers: { 'x-forwarded-for': from, connection: 'close' },
      signal: AbortSignal.timeout(2_000),
    });
    await page.arrayBuffer();
    return page.headers.getSetCookie()[0]?.split(';')[0];
  });

/** All that the page would show if it were opened anew. */
const pageOf = (url: string, headers: Record<string, string>): Promise<readonly string[]> =>
  again(async () => {
    const all = await fetch(`${url}/chat/messages`, { headers: { ...headers, connection: 'close' } });
    return all.ok ? ((await all.json()) as { messages: string[] }).messages : undefined;
  });

type Begun = { readonly entry: Entry; readonly body: string };

/** How a browser sends what its person did. */
const createSender = (parts: WebParts, number: number, ledger: Ledger, headers: Record<string, string>) => {
  const { doors, random, tally, aside } = parts;
  const letterOf = (body: string) => ({ doors, path: '/chat', body, headers });
  const redeliver = async (body: string, after: number): Promise<void> => {
    await pause(after);
    tally.add('same update again');
    await deliver(letterOf(body));
  };
  const send = async ({ entry, body }: Begun): Promise<void> => {
    const { double, again: after } = fateOf(random);
    if (double !== undefined) tally.add('same update to two processes');
    await deliver(letterOf(body), double);
    noteTaken(ledger, entry);
    if (after !== undefined) aside(redeliver(body, after));
  };
  const begin = (event: object, inOrder = true): Begun => {
    const deliveryId = `chaos-${number}-${String(ledger.entries.length).padStart(10, '0')}`;
    return { entry: note(ledger, deliveryId, inOrder), body: JSON.stringify({ deliveryId, event }) };
  };
  /** What has to be said again may come behind what was taken the first time; among these order is owed. */
  const sendTogether = async (events: readonly object[]): Promise<void> => {
    const all = events.map((event) => begin(event, false));
    const statuses = await postTogether(
      { doors, path: '/chat', headers },
      all.map(({ body }) => body),
    );
    for (const [n, { entry, body }] of all.entries()) {
      entry.inOrder = isTaken(statuses[n] ?? 0);
      if (entry.inOrder) noteTaken(ledger, entry);
      else await send({ entry, body });
    }
  };
  return { begin, send, sendTogether };
};

/** A browser of its own, with its own address on the net. */
export const webPhone = async (parts: WebParts, number: number): Promise<Phone> => {
  const { doors, tally } = parts;
  const from = `10.${(number >> 16) & 255}.${(number >> 8) & 255}.${number & 255}`;
  const cookie = await firstVisit(parts, from);
  const headers = { cookie, 'x-forwarded-for': from };
  const ledger = openLedger('web', parts.addressOf(cookie));
  const heard = new Map<string, Shown>();
  const { begin, send, sendTogether } = createSender(parts, number, ledger, headers);
  const say = (text: string) => send(begin({ type: 'text', text }));
  return {
    ledger,
    say,
    burst: async (texts) => {
      tally.add('bursts');
      for (const text of texts) await say(text); // as the page does: an answer must not overtake the one before it
    },
    press: async (choice) => {
      await send(begin({ type: 'choice', ids: [choice] }));
      return true;
    },
    sayAndPressOld: async (text) => {
      tally.add('text and button at once');
      ledger.oldPresses += 1;
      const old = begin({ type: 'choice', ids: [OLD_CHOICE], turn: 1 }, false);
      await Promise.all([say(text), send(old)]);
    },
    tick: async (choices) => {
      tally.add('ticks at once');
      await sendTogether(choices.map((choice) => ({ type: 'choice', ids: [choice] })));
    },
    heard: async () => {
      for (const html of await pageOf(doors.url, headers))
        for (const shown of messagesIn(html)) heard.set(shown.id, shown);
      return [...heard.values()].flatMap(({ id, mine, text }) => (mine ? [] : [{ text, key: id }]));
    },
    close: listen(doors.url, headers, heard),
  };
};
