import type { Store } from '../../../../src/app/store.ts';
import { deliveryRow } from '../../../../src/delivery/outboxRow.ts';
import { line } from '../../../../src/dialogue/say.ts';
import type { CampaignPlan } from '../../../../src/domain/campaign/campaign.ts';
import { campaignDay } from '../../../../src/domain/campaign/days.ts';
import { dayOf } from '../../../../src/domain/day.ts';
import { nextOpen } from '../../../../src/domain/quietHours.ts';
import { sealPlan } from '../../../../src/services/campaigns/record.ts';
import { rowsOf } from '../../../../src/services/campaigns/rows.ts';
import type { CampaignDoc } from '../../../../src/store/campaigns.ts';
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

/** By what a message is known again: its sign stands in its text. That of a campaign is the same for all its readers. */
const SIGN = /#([^#]+)#/;
const signed = (sign: string): string => `#${sign}#`;
export const tagIn = (text: string, chat: string): string | undefined => {
  const sign = SIGN.exec(text)?.[1];
  return sign === undefined || sign.includes(':') ? sign : `${sign}:${chat}`;
};

interface Drawn {
  readonly reader: Reader;
  readonly purpose: Planned['purpose'];
  /** Due, and of no use from then on (ms of the run's clock). */
  readonly at: number;
  readonly end: number | undefined;
}

const draw = (reader: Reader, now: number, random: Random): Drawn => {
  const purpose = random.chance(REMINDERS) ? 'movementReminder' : 'campaign';
  const at = random.chance(LATER) ? now + LATER_BY : now;
  return { reader, purpose, at, end: random.chance(TOO_LATE) ? at : undefined };
};

const expected = ({ reader, purpose, end }: Drawn): Planned['expect'] => {
  if (end !== undefined) return 'expired';
  if (reader.unwanted && purpose === 'campaign') return 'suppressed';
  return reader.blocked ? 'failed' : 'sent';
};

const reminderRow = ({ sealer }: Store, { reader, at, end }: Drawn, name: string): DeliveryDoc => {
  const about = `${name}:${reader.address}`;
  const notes = [line('declare.about.name', { name: signed(about) })];
  const times = { at, ...(end !== undefined && { expiresAt: end }) };
  return deliveryRow(sealer, {
    purpose: 'movementReminder',
    about,
    rev: 1,
    chat: reader.chat,
    ...times,
    notes,
  });
};

const PLAN = {
  accented: false,
  audience: { kind: 'all' },
  channels: ['telegram', 'second'],
  days: 1,
  opens: 7 * 60,
  closes: 22 * 60,
} as const;
const KEPT = 86_400_000;

/** A campaign that is being sent, as the real one stands in the database, with these readers for its audience. */
const openCampaignOf = async (store: Store, name: string, readers: readonly Reader[], now: number) => {
  const [at, day, deleteAt] = [new Date(now), dayOf(now), new Date(now + KEPT)];
  const plan: CampaignPlan = { ...PLAN, text: `Sở Y tế mời anh/chị khai báo ${signed(name)}` };
  const doc: CampaignDoc = {
    _id: name,
    state: 'running',
    rev: 1,
    author: 'staff-0',
    at,
    first: day,
    frozenAt: at,
    history: [],
    sealed: sealPlan(store, name, plan),
    deleteAt,
  };
  const audience = readers.map(({ chat, bot }) => ({
    _id: `${name}|${chat}`,
    ways: { [chat]: { channel: bot } },
    deleteAt,
  }));
  const { campaigns, audience: recipients } = store.database.collections;
  await campaigns.insertOne(doc);
  if (audience.length > 0) await recipients.insertMany(audience);
  const make = rowsOf({ doc, plan, days: [] }, campaignDay(plan, day), now);
  const rows = audience.map((recipient) => make(recipient, undefined)[0]);
  return new Map(readers.flatMap(({ chat }, n) => (rows[n] === undefined ? [] : [[chat, rows[n]]])));
};

const campaignRow = (row: DeliveryDoc, { at, end }: Drawn): DeliveryDoc => ({
  ...row,
  readyAt: new Date(Math.max(row.readyAt.getTime(), nextOpen(at))),
  ...(end !== undefined && { expiresAt: new Date(end) }),
});

const plannedOf = (drawn: Drawn, name: string, { _id: id, readyAt }: DeliveryDoc): Planned => ({
  id,
  tag: `${name}:${drawn.reader.address}`,
  purpose: drawn.purpose,
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
  const drawn = readers.map((reader) => draw(reader, now, random));
  const invited = drawn.filter(({ purpose }) => purpose === 'campaign').map(({ reader }) => reader);
  const campaign = await openCampaignOf(store, name, invited, now);
  const made = drawn.flatMap((each) => {
    const row = each.purpose === 'campaign' ? campaign.get(each.reader.chat) : undefined;
    if (each.purpose !== 'campaign') return [{ each, row: reminderRow(store, each, name) }];
    return row === undefined ? [] : [{ each, row: campaignRow(row, each) }];
  });
  const rows = made.map(({ row }) => row);
  await Promise.all([insert(store, rows), insert(store, rows.slice(0, random.between(1, rows.length)))]);
  return made.map(({ each, row }) => plannedOf(each, name, row));
};
