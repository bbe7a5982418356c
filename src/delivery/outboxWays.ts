import type { DeliveryDoc } from '../store/deliveries.ts';

/** Chats of one person that are to be tried again, each not before its time. */
export type Waits = readonly { readonly chat: string; readonly until: Date }[];

/** Those a row waits for beside its own. */
export const othersOf = ({ chat, waits = [] }: Pick<DeliveryDoc, 'chat' | 'waits'>): Waits =>
  waits.filter((wait) => wait.chat !== chat);

/** The same with its own, to be tried again at an instant (ms since 1970). */
export const waitsOf = (row: Pick<DeliveryDoc, 'chat' | 'waits'>, at: number): Waits => [
  ...othersOf(row),
  { chat: row.chat, until: new Date(at) },
];

/** The one whose time comes first; undefined when it waits for none. */
export const soonest = (waits: Waits): Waits[number] | undefined =>
  waits.toSorted((a, b) => a.until.getTime() - b.until.getTime())[0];

/** The row as if chats that still wait had failed: who asks for another chat is not sent to one of these. */
export const without = (row: DeliveryDoc, waits: Waits, now = Number.NEGATIVE_INFINITY): DeliveryDoc => {
  const still = waits.filter(({ until }) => until.getTime() > now).map(({ chat }) => chat);
  return { ...row, tried: [...(row.tried ?? []), ...still] };
};
