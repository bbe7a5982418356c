/** One thing a person did, as the platform knows it. */
export interface Entry {
  readonly deliveryId: string;
  /** When it was done, by the ledger's own clock. */
  readonly began: number;
  /** When a 2xx came for it, or its offset was confirmed: from then on nobody sends it again. */
  taken?: number;
  /** Whether it must stand behind those before it: presses travel beside messages, a line may break amid a burst. */
  inOrder: boolean;
}

/** All that one person did, in the order they did it. */
export interface Ledger {
  readonly channel: 'telegram' | 'web';
  readonly address: string;
  readonly entries: Entry[];
  /** Touches of buttons that were answered long ago: each gets an answer of its own. */
  oldPresses: number;
  /** Counts what happens in this chat, so that of two things it is known which was over when the other began. */
  now: number;
}

export const openLedger = (channel: Ledger['channel'], address: string): Ledger => ({
  channel,
  address,
  entries: [],
  oldPresses: 0,
  now: 0,
});

const tick = (ledger: Ledger): number => {
  ledger.now += 1;
  return ledger.now;
};

export const note = (ledger: Ledger, deliveryId: string, inOrder = true): Entry => {
  const entry: Entry = { deliveryId, began: tick(ledger), inOrder };
  ledger.entries.push(entry);
  return entry;
};

export const noteTaken = (ledger: Ledger, entry: Entry): void => {
  entry.taken = tick(ledger);
};

/** The one was over before the other began, or they travel in one lane. */
export const isBefore = (one: Entry, other: Entry): boolean =>
  (one.taken !== undefined && one.taken < other.began) ||
  (one.inOrder && other.inOrder && one.began < other.began);
