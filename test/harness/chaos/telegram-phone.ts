import { setTimeout as pause } from 'node:timers/promises';
import { type Entry, type Ledger, note } from './ledger.ts';
import type { Phone } from './phone.ts';
import { isTaken, post } from './post.ts';
import type { Random } from './random.ts';
import type { FakeApi, Heard, Update } from './telegram.ts';

export interface TelegramParts {
  readonly api: FakeApi;
  readonly random: Random;
  /** Where the webhook is; without one the updates wait for the bot that polls. */
  readonly hook?: { readonly url: string; readonly secret: string };
  readonly nextUpdate: () => number;
  /** Deliveries that nobody waits for any more, but the end of the run. */
  readonly aside: (delivering: Promise<unknown>) => void;
}

/** Telegram delivers again at once, then after 2, 4, 8 … seconds; its seconds are shorter here (ms). */
const SECOND = 50;
const LONGEST = 40;
/** The same update to two processes at once, and again after it was taken. */
const DOUBLE = 0.05;
const AGAIN = 0.05;

type Lane = 'message' | 'press';

const deliver = async ({ random, hook }: TelegramParts, update: Update): Promise<void> => {
  const body = JSON.stringify(update);
  const headers = { 'x-telegram-bot-api-secret-token': hook?.secret ?? '' };
  const once = () => post(`${hook?.url}/telegram`, body, headers);
  for (let wait = 1; ; wait = Math.min(wait * 2, LONGEST)) {
    const copies = random.chance(DOUBLE) ? [once(), once()] : [once()];
    if ((await Promise.all(copies)).some(isTaken)) return;
    if (wait > 1) await pause(wait * SECOND);
  }
};

const redeliver = async (parts: TelegramParts, update: Update): Promise<void> => {
  await pause(parts.random.between(50, 2_000));
  await deliver(parts, update);
};

/** Of a chat, messages go out one after the other, and so do presses; both side by side (Client.cpp). */
const createLanes = (parts: TelegramParts, ledger: Ledger) => {
  const lanes: Record<Lane, Promise<void>> = { message: Promise.resolve(), press: Promise.resolve() };
  const accepted = (entry: Entry): void => {
    entry.accepted = true;
  };
  return (lane: Lane, content: object): Promise<void> => {
    const update = { update_id: parts.nextUpdate(), ...content };
    const entry = note(ledger, String(update.update_id), lane === 'message');
    if (parts.hook === undefined)
      return new Promise((resolve) => {
        parts.api.queue(update, () => resolve(accepted(entry)));
      });
    const going = lanes[lane].then(async () => {
      await deliver(parts, update);
      accepted(entry);
      if (parts.random.chance(AGAIN)) parts.aside(redeliver(parts, update));
    });
    lanes[lane] = going;
    return going;
  };
};

const buttonOf = (heard: readonly Heard[], choice: string): string | undefined => {
  const ends = new RegExp(`"callback_data":"([0-9a-z]+\\.${choice})"`);
  for (const { markup } of [...heard].reverse()) {
    const [, data] = ends.exec(markup) ?? [];
    if (data !== undefined) return data;
  }
  return undefined;
};

export const telegramPhone = (parts: TelegramParts, id: number): Phone => {
  const address = String(id);
  const ledger: Ledger = { channel: 'telegram', address, entries: [] };
  const send = createLanes(parts, ledger);
  const from = { id, is_bot: false, first_name: 'Thử', language_code: 'vi' };
  const chat = { id, type: 'private' };
  const say = (text: string) =>
    send('message', { message: { message_id: ledger.entries.length + 1, date: 1, chat, from, text } });
  const pressData = (data: string) =>
    send('press', { callback_query: { id: `p${ledger.entries.length}`, from, data, chat_instance: '1' } });
  return {
    ledger,
    say,
    burst: async (texts) => void (await Promise.all(texts.map(say))),
    press: async (choice) => {
      const data = buttonOf(parts.api.heard(address), choice);
      if (data !== undefined) await pressData(data);
      return data !== undefined;
    },
    sayAndPressOld: async (text) => void (await Promise.all([say(text), pressData('1.yes')])),
    heard: async () =>
      parts.api.heard(address).map(({ text, markup }) => ({
        text,
        key: /callback_data/.test(markup) ? `${text}${markup}` : '',
      })),
    close: () => undefined,
  };
};
