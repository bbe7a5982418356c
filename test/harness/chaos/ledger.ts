/** One thing a person did, as the platform knows it. */
export interface Entry {
  readonly deliveryId: string;
  /** A 2xx came for it, or its offset was confirmed: from then on nobody sends it again. */
  accepted: boolean;
  /** Whether it must stand behind the one before it: presses travel beside messages, a line may break amid a burst. */
  inOrder: boolean;
}

/** All that one person did, in the order they did it. */
export interface Ledger {
  readonly channel: 'telegram' | 'web';
  readonly address: string;
  readonly entries: Entry[];
}

export const note = (ledger: Ledger, deliveryId: string, inOrder = true): Entry => {
  const entry: Entry = { deliveryId, accepted: false, inOrder };
  ledger.entries.push(entry);
  return entry;
};
