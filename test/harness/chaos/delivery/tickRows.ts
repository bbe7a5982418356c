import type { Store } from '../../../../src/app/store.ts';
import { campaignDay } from '../../../../src/domain/campaign/days.ts';
import type { Broadcast, BroadcastRow } from './broadcast.ts';
import type { Planned } from './evidence.ts';
import type { Reader } from './people.ts';
import { remindersBy } from './reminded.ts';
import { tagOfRow } from './sign.ts';

const HOURS = { opens: 7 * 60, closes: 22 * 60 };

/** What has become of a row and may have, or else what should have. */
const expectOf = (
  { state, fault }: Pick<BroadcastRow, 'state' | 'fault'>,
  reader: Reader | undefined,
  fate: Broadcast['fate'],
  unwanted: boolean,
): Planned['expect'] => {
  if (state === 'expired') return 'expired'; // the next day came
  if (fate === 'stopped' && state === 'suppressed' && fault === 'campaign-stopped') return 'suppressed';
  if (unwanted) return 'suppressed';
  return reader?.blocked ? 'failed' : 'sent';
};

/** The rows of a campaign's days, as messages that somebody decided to send; of two for the same, both. */
const ofBroadcast = ({ fate, recipients, rows }: Broadcast): readonly Planned[] => {
  const known = new Map(recipients.map((recipient) => [recipient.id, recipient.readers]));
  return rows.map((row) => {
    const tag = tagOfRow(row._id);
    const [, day = '', recipient = ''] = tag.split('|');
    const readers = known.get(recipient) ?? [];
    const unwanted = readers.some((one) => one.unwanted);
    const reader = readers.find(({ chat }) => chat === row.chat);
    const expect = expectOf(row, reader, fate, unwanted);
    const from = campaignDay(HOURS, day).dueAt;
    return { id: row._id, tag, purpose: 'campaign', expect, from, committed: 0 };
  });
};

/** What the ticks had to remind of on the days that have begun. */
const reminderRows = async (
  { database }: Store,
  readers: readonly Reader[],
  began: number,
  days: number,
): Promise<readonly Planned[]> => {
  const due = remindersBy(readers, began, days);
  const rows = database.collections.deliveries.find({ _id: { $in: due.map(({ id }) => id) } });
  const known = new Map((await rows.toArray()).map((row) => [row._id, row]));
  return due.map(({ id, reader, from }) => {
    const { state = 'ready' } = known.get(id) ?? {};
    const expect = expectOf({ state }, reader, 'whole', false);
    return { id, tag: id, purpose: 'movementReminder', expect, from, committed: 0 };
  });
};

/** All that ticks had to send, as it stands. */
export const tickRows = async (
  store: Store,
  broadcasts: readonly Broadcast[],
  readers: readonly Reader[],
  { began, days }: { readonly began: number; readonly days: number },
): Promise<readonly Planned[]> => [
  ...broadcasts.flatMap(ofBroadcast),
  ...(await reminderRows(store, readers, began, days)),
];
