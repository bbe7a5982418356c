import type { Store } from '../../../../src/app/store.ts';
import { deliveryRow, type Message } from '../../../../src/delivery/outboxRow.ts';
import { line } from '../../../../src/dialogue/say.ts';
import type { DeliveryDoc } from '../../../../src/store/deliveries.ts';
import { isDuplicate } from '../../../../src/store/errors.ts';
import type { Random } from '../random.ts';
import type { Planned } from './evidence.ts';
import type { Reader } from './people.ts';

/** Of the messages of a wave so many are reminders; so many are due later (ms), and so many too late to be of use. */
const REMINDERS = 0.25;
const LATER = 0.06;
const LATER_BY = 5_000;
const TOO_LATE = 0.02;

/** By what a message is known again: it stands in its text. */
const SIGN = /#([^#]+)#/;
export const tagIn = (text: string): string | undefined => SIGN.exec(text)?.[1];

interface Drawn {
  readonly reader: Reader;
  readonly message: Message;
}

const draw = (reader: Reader, name: string, now: number, random: Random): Drawn => {
  const purpose = random.chance(REMINDERS) ? 'movementReminder' : 'campaign';
  const about = `${name}:${reader.address}`;
  const at = random.chance(LATER) ? now + LATER_BY : now;
  const end = random.chance(TOO_LATE) ? { expiresAt: at } : {};
  const notes = [line('declare.about.name', { name: `#${about}#` })];
  return { reader, message: { purpose, about, rev: 1, chat: reader.chat, at, notes, ...end } };
};

const expected = ({ reader, message }: Drawn): Planned['expect'] => {
  if (message.expiresAt !== undefined) return 'expired';
  if (reader.unwanted && message.purpose === 'campaign') return 'suppressed';
  return reader.blocked ? 'failed' : 'sent';
};

const plannedOf = (drawn: Drawn, { _id: id, readyAt }: DeliveryDoc): Planned => ({
  id,
  tag: drawn.message.about,
  purpose: drawn.message.purpose as Planned['purpose'],
  expect: expected(drawn),
  from: readyAt.getTime(),
  committed: Date.now(),
});

/** What the one who plans a campaign does, who may have been killed and begins anew: rows that are there stay. */
const insert = async ({ database }: Store, rows: readonly DeliveryDoc[]): Promise<void> => {
  await database.collections.deliveries.insertMany([...rows], { ordered: false }).catch((error: unknown) => {
    if (!isDuplicate(error)) throw error;
  });
};

/**
 * Plans a wave of messages to these readers, one each. Two plan it at the same moment, and one of them gets only
 * through a part of it.
 */
export const planWave = async (
  store: Store,
  readers: readonly Reader[],
  name: string,
  now: number,
  random: Random,
): Promise<readonly Planned[]> => {
  const drawn = readers.map((reader) => draw(reader, name, now, random));
  const rows = () => drawn.map(({ message }) => deliveryRow(store.sealer, message));
  const [first, second] = [rows(), rows().slice(0, random.between(1, drawn.length))];
  await Promise.all([insert(store, first), insert(store, second)]);
  return drawn.flatMap((each, n) => (first[n] === undefined ? [] : [plannedOf(each, first[n])]));
};
