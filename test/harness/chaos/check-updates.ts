import type { Store } from '../../../src/app/store.ts';
import { deliveryKey, unpackSeen } from '../../../src/store/seen.ts';
import type { Findings } from './findings.ts';
import { type Entry, isBefore, type Ledger } from './ledger.ts';

export const chatOf = ({ index }: Store, { channel, address }: Ledger): string =>
  index('chat', `${channel}|${address}`);

export const whoIs = ({ channel, address }: Ledger): string => `${channel} ${address}`;

/** An update and where it stands in the chat's memory of deliveries, which grows as they are applied. */
interface Applied {
  readonly entry: Entry;
  readonly at: number;
}

const overtaken = ({ entry, at }: Applied, all: readonly Applied[]): boolean =>
  all.some((other) => other.at > at && isBefore(other.entry, entry));

/** Each update stands once in the chat's memory, behind all that were over when it began. */
export const checkUpdates = async (store: Store, ledger: Ledger, found: Findings): Promise<void> => {
  const chat = chatOf(store, ledger);
  const who = whoIs(ledger);
  const doc = await store.database.collections.conversations.findOne({ _id: chat });
  const seen = doc === null ? [] : unpackSeen(doc.seen);
  const applied: Applied[] = [];
  for (const entry of ledger.entries) {
    const { deliveryId, taken } = entry;
    const key = deliveryKey(store.index('delivery', `${chat}|${deliveryId}`));
    const at = seen.indexOf(key);
    found.updates += 1;
    if (at === -1) found.wrong('lost', `${who}: ${deliveryId} ${taken ? 'lost' : 'never taken'}`);
    else applied.push({ entry, at });
    const more = seen.filter((each) => each === key).length - 1;
    found.wrong('doubled', `${who}: ${deliveryId} applied ${more + 1} times`, more);
  }
  const late = applied.filter((each) => overtaken(each, applied));
  for (const { entry } of late) found.wrong('reordered', `${who}: ${entry.deliveryId} was overtaken`);
};
