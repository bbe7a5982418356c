import type { Store } from '../../../../src/app/store.ts';
import { UNWANTED } from '../../../../src/domain/unasked.ts';
import type { StaffParts } from '../../../../src/services/staff/parts.ts';
import { sealStaff } from '../../../../src/services/staff/record.ts';
import type { Conversation } from '../../../../src/store/conversation.ts';
import { Conversations } from '../../../../src/store/conversations.ts';
import { areaOf, shippedRules } from '../../../domain/risk/facts.ts';
import { FIRST_READER, personAt, storePersons } from './persons.ts';

/** A chat of one of the bots. */
export interface Reader {
  readonly chat: string;
  readonly bot: string;
  readonly address: string;
  /** They have stopped the bot. */
  readonly blocked: boolean;
  /** They want no campaigns. */
  readonly unwanted: boolean;
}

const READERS = 300;
/** One in so many has stopped the bot; one in so many wants no campaigns. */
const BLOCKS = 25;
const STOPS = 20;
const FIRST_STAFF = 800_000_000;
const FORGET_AFTER = 86_400_000;
/** Everybody is on duty for the whole province. */
export const HOME = '12';

/** Addresses, by which it is known who has stopped the bot: every so many of the readers, the first of the staff. */
const isBlocked = (address: number): boolean =>
  address === FIRST_STAFF || (address < FIRST_STAFF && address % BLOCKS === 3);

export const blockedAddresses = (): ReadonlySet<string> =>
  new Set(
    [FIRST_STAFF, ...Array.from({ length: READERS }, (_, n) => FIRST_READER + n)]
      .filter(isBlocked)
      .map(String),
  );

export const readerAt = ({ index }: Store, bot: string, address: number): Reader => ({
  chat: index('chat', `${bot}|${address}`),
  bot,
  address: String(address),
  blocked: isBlocked(address),
  unwanted: address % STOPS === 7,
});

const chatOf = ({ chat, bot, address, unwanted }: Reader): Conversation => ({
  id: chat,
  channel: bot,
  address,
  rev: 1,
  state: { lang: 'vi', memory: { ...personAt(address), ...(unwanted && { [UNWANTED]: ['campaign'] }) } },
  seen: [],
  touched: Date.now(),
  forgetAt: Date.now() + FORGET_AFTER,
});

export const storeChats = async ({ database, sealer }: Store, readers: readonly Reader[]): Promise<void> => {
  const conversations = new Conversations(database, sealer);
  const nothing = { out: [], work: [], finished: [], effects: [] };
  await Promise.all(readers.map((reader) => conversations.commit({ next: chatOf(reader), ...nothing })));
  await conversations.close();
};

export const staffParts = (store: Store): StaffParts => ({
  collections: store.database.collections,
  sealer: store.sealer,
  index: store.index,
  rules: shippedRules,
  areaOf,
  home: HOME,
});

/** The chats of each of the staff: the first one's phone has stopped the bot, and they have another one. */
const storeStaff = async (store: Store, bots: readonly string[], now: number) => {
  const [one = '', other = one] = bots;
  const chats = [[one, other], [other], [one]].map((names, n) =>
    names.map((bot, m) => readerAt(store, bot, FIRST_STAFF + 10 * n + m)),
  );
  const { staff, shifts } = store.database.collections;
  const told = new Map<string, string>();
  for (const [n, theirs] of chats.entries()) {
    const id = `staff-${n}`;
    const sealed = sealStaff(staffParts(store), id, { name: 'Lò Thị Hoa' });
    const linked = theirs.map(({ chat }) => chat);
    await staff.insertOne({ _id: id, role: 'duty', area: HOME, chats: linked, active: true, sealed });
    await shifts.insertOne({ _id: `shift-${n}`, staff: id, area: HOME, from: new Date(now - FORGET_AFTER) });
    for (const { address } of theirs) told.set(address, id);
  }
  await storeChats(store, chats.flat());
  return told;
};

/** Readers and staff, each with a chat that the database knows. */
export const openPeople = async (store: Store, bots: readonly string[], now: number) => {
  const readers = Array.from({ length: READERS }, (_, n) =>
    readerAt(store, bots[n % bots.length] ?? '', FIRST_READER + n),
  );
  await storeChats(store, readers);
  await storePersons(store, readers);
  return { readers, staffAt: await storeStaff(store, bots, now) };
};

export type People = Awaited<ReturnType<typeof openPeople>>;
