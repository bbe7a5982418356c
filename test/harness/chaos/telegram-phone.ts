import { setTimeout as pause } from 'node:timers/promises';
import { type Ledger, note, noteTaken, openLedger } from './ledger.ts';
import { OLD_BUTTON, OLD_CHOICE, type Phone } from './phone.ts';
import { type Doors, deliver, fateOf } from './post.ts';
import type { Random } from './random.ts';
import type { Tally } from './tally.ts';
import type { FakeApi, Heard } from './telegram.ts';

export interface TelegramParts {
  readonly api: FakeApi;
  readonly random: Random;
  readonly tally: Tally;
  /** Where the webhook is; without one the updates wait for the bot that polls. */
  readonly hook?: { readonly doors: Doors; readonly secret: string };
  readonly nextUpdate: () => number;
  /** Deliveries that nobody waits for any more, but the end of the run. */
  readonly aside: (delivering: Promise<unknown>) => void;
}

type Lane = 'message' | 'press';

/** Of a chat, messages go out one after the other, and so do presses; both side by side (Client.cpp). */
const createLanes = ({ api, random, tally, hook, nextUpdate, aside }: TelegramParts, ledger: Ledger) => {
  const lanes: Record<Lane, Promise<void>> = { message: Promise.resolve(), press: Promise.resolve() };
  return (lane: Lane, content: object): Promise<void> => {
    const update = { update_id: nextUpdate(), ...content };
    const entry = note(ledger, String(update.update_id), lane === 'message');
    const taken = () => noteTaken(ledger, entry);
    if (hook === undefined) return new Promise<void>((resolve) => api.queue(update, resolve)).then(taken);
    const { double, again } = fateOf(random);
    const headers = { 'x-telegram-bot-api-secret-token': hook.secret };
    const letter = { doors: hook.doors, path: '/telegram', body: JSON.stringify(update), headers };
    const redeliver = async (after: number): Promise<void> => {
      await pause(after);
      tally.add('same update again');
      await deliver(letter);
    };
    if (double !== undefined) tally.add('same update to two processes');
    const going = lanes[lane].then(async () => {
      await deliver(letter, double);
      taken();
      if (again !== undefined) aside(redeliver(again));
    });
    lanes[lane] = going;
    return going;
  };
};

/** Takes a keyboard away, which Telegram only does with a message: none that was decided, unless it says more. */
const isBare = ({ text, markup }: Heard): boolean =>
  markup.includes('"remove_keyboard":true') && text === 'Đã nhận.';

/** Buttons bear their turn. Keyboards bear none, and two old buttons may be answered by the same words over one. */
const keyOf = ({ text, markup }: Heard, n: number): string =>
  text.includes(OLD_BUTTON) && !markup.includes('callback_data') ? String(n) : `${text}${markup}`;

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
  const ledger = openLedger('telegram', address);
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
    burst: async (texts) => {
      parts.tally.add('bursts');
      await Promise.all(texts.map(say));
    },
    press: async (choice) => {
      const data = buttonOf(parts.api.heard(address), choice);
      if (data !== undefined) await pressData(data);
      return data !== undefined;
    },
    sayAndPressOld: async (text) => {
      parts.tally.add('text and button at once');
      ledger.oldPresses += 1;
      await Promise.all([say(text), pressData(`1.${OLD_CHOICE}`)]);
    },
    heard: async () =>
      parts.api.heard(address).flatMap((heard, n) => {
        return isBare(heard) ? [] : [{ text: heard.text, key: keyOf(heard, n) }];
      }),
    close: () => undefined,
  };
};
