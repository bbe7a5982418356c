import type { Store } from '../../../../src/app/store.ts';
import { deliveryRow } from '../../../../src/delivery/outboxRow.ts';
import { line } from '../../../../src/dialogue/say.ts';
import { nextOpen } from '../../../../src/domain/quietHours.ts';
import type { DeliveryDoc } from '../../../../src/store/deliveries.ts';
import { isDuplicate } from '../../../../src/store/errors.ts';
import type { Random } from '../random.ts';
import { openCampaign } from './campaign.ts';
import type { Planned } from './evidence.ts';
import type { Reader } from './people.ts';
import { signed } from './sign.ts';

/** Of the messages of a wave so many are reminders; so many are due later (ms), and so many too late to be of use. */
const REMINDERS = 0.25;
const LATER = 0.06;
const LATER_BY = 5_000;
const TOO_LATE = 0.02;
/** The others are of use until the end, though days pass (ms). */
const WHOLE_RUN = 7 * 86_400_000;

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
  const times = { at, expiresAt: end ?? at + WHOLE_RUN };
  return deliveryRow(sealer, {
    purpose: 'movementReminder',
    about,
    rev: 1,
    chat: reader.chat,
    ...times,
    notes,
  });
};

const campaignRow = (row: DeliveryDoc, { at, end }: Drawn): DeliveryDoc => ({
  ...row,
  readyAt: new Date(Math.max(row.readyAt.getTime(), nextOpen(at))),
  expiresAt: new Date(end ?? at + WHOLE_RUN),
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
 * Plans a wave of messages to these readers, one each. Two plan it at the same moment, each for itself, and one of them
 * gets only through a part of it.
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
  const campaign = await openCampaign(store, name, invited, now);
  const plan = () =>
    drawn.flatMap((each) => {
      if (each.purpose !== 'campaign') return [{ each, row: reminderRow(store, each, name) }];
      const row = campaign(each.reader.chat);
      return row === undefined ? [] : [{ each, row: campaignRow(row, each) }];
    });
  const made = plan();
  const other = plan().slice(0, random.between(1, made.length));
  await Promise.all(
    [made, other].map((rows) =>
      insert(
        store,
        rows.map(({ row }) => row),
      ),
    ),
  );
  return made.map(({ each, row }) => plannedOf(each, name, row));
};
