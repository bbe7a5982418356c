import type { Json } from '../domain/json.ts';
import { type Sealer, sealContext } from '../security/sealer.ts';
import type { Collections } from './collections.ts';
import { available, isDuplicate } from './errors.ts';
import { collection as declare, required } from './schema.ts';

/** The messages of a channel that has no platform to keep them: what the web chat and the terminal show. */
export interface MailboxDoc {
  /** The chat. */
  _id: string;
  /** In the order they came, the newest last. */
  messages: { id: string; at: Date; sealed: Buffer }[];
  touched: Date;
}

/** A message of a mailbox. */
export interface Mail {
  readonly id: string;
  /** ms since 1970. */
  readonly at: number;
  readonly body: Json;
}

/** As much of a conversation as a page shows after a reload; one mailbox stays under some 50 kB. */
export const MAIL_KEPT = 60;
/** A declaration is followed for 14 days; afterwards the transcript serves nobody. */
const KEPT_SECONDS = 14 * 86_400;

export const mailboxes = declare<MailboxDoc>(
  'mailboxes',
  {
    _id: required.id,
    messages: [{ _id: false, id: required.text, at: required.date, sealed: required.sealed }],
    touched: required.date,
  },
  [[{ touched: 1 }, { expireAfterSeconds: KEPT_SECONDS }]],
);

const context = (id: string) => sealContext('mailboxes', 'messages', id);

export class Mailboxes {
  readonly #collection: Collections['mailboxes'];
  readonly #sealer: Sealer;

  constructor(collection: Collections['mailboxes'], sealer: Sealer) {
    this.#collection = collection;
    this.#sealer = sealer;
  }

  /**
   * Appends a message; one that is there already is not put twice. Resolves when it is in the journal, as
   * the connection says of every write: the mark that it was sent follows some time later, and may be written to a
   * database that died in between and came back without the message.
   */
  async put(box: string, mail: Mail): Promise<void> {
    const message = {
      id: mail.id,
      at: new Date(mail.at),
      sealed: this.#sealer.seal(context(mail.id), mail.body),
    };
    try {
      await this.#push(box, message, true);
    } catch (error) {
      if (!isDuplicate(error)) throw error;
      await this.#push(box, message, false); // the box exists: it was made just now, or holds the message
    }
  }

  /** The messages after `id`, oldest first; all that are kept when `id` is unknown or not given. */
  async after(box: string, id?: string): Promise<Mail[]> {
    const doc = await available(this.#collection.findOne({ _id: box }, { readConcern: 'local' }));
    const messages = doc?.messages ?? [];
    const start = messages.findIndex((message) => message.id === id) + 1;
    return Promise.all(messages.slice(start).map((message) => this.#open(message)));
  }

  async #open({ id, at, sealed }: MailboxDoc['messages'][number]): Promise<Mail> {
    return { id, at: at.getTime(), body: await this.#sealer.open(context(id), sealed) };
  }

  async #push(box: string, message: MailboxDoc['messages'][number], upsert: boolean): Promise<void> {
    const change = {
      $push: { messages: { $each: [message], $slice: -MAIL_KEPT } },
      $set: { touched: message.at },
    };
    const without = { _id: box, 'messages.id': { $ne: message.id } };
    await available(this.#collection.updateOne(without, change, { upsert }));
  }
}
