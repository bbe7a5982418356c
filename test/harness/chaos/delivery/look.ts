import { setTimeout as pause } from 'node:timers/promises';
import type { Store } from '../../../../src/app/store.ts';
import type { Collections } from '../../../../src/store/collections.ts';
import type { DeliveryDoc } from '../../../../src/store/deliveries.ts';
import { forCitizens } from './afterwards.ts';
import type { Heard } from './botApi.ts';
import type { Notified, Row, Told } from './evidence.ts';
import type { Step } from './history.ts';
import { isOfficer, OFFICERS } from './officers.ts';
import { alertTag, levelIn, tagIn } from './sign.ts';

type Rows = Collections['deliveries'];
export type Moment = NonNullable<Parameters<Rows['watch']>[1]>['startAtOperationTime'];

const LOOK_EVERY = 300;
const OWED = { state: { $in: ['ready', 'leased', 'submitting'] as const } };
/** The last thing that happens to the rows, so that whoever reads their history knows its end. */
const LAST = 'the end of the run';
/** By this whoever gets a message a second time knows that it is the same. */
const AGAIN = 'Tin gửi lại';

/**
 * Waits until nothing is on its way any more; resolves to what still is at that time. What officers are told of their
 * campaigns is left out: to two chats that take one message a second it takes as long as all the rest, and that its rows
 * are there is what is looked at.
 */
export const settled = async ({ database }: Store, until: number): Promise<number> => {
  const { deliveries } = database.collections;
  const owed = () => deliveries.countDocuments({ ...OWED, ...forCitizens } as never);
  let left = await owed();
  while (left > 0 && Date.now() < until) {
    await pause(LOOK_EVERY);
    left = await owed();
  }
  return left;
};

export const rowsIn = ({ database }: Store): Promise<readonly Row[]> =>
  database.collections.deliveries
    .find({ _id: { $ne: LAST }, ...forCitizens })
    .project<Row>({ state: 1, purpose: 1 })
    .toArray();

/** What the officers were to be told. How far a day has come is written into what told of it, or else left. */
export const notifiedIn = ({ database }: Store): Promise<readonly Notified[]> =>
  database.collections.deliveries
    .find({ staff: { $in: [...OFFICERS] }, purpose: { $ne: 'campaignProgress' } })
    .project<Notified>({ chat: 1, state: 1, expiresAt: 1 })
    .toArray();

/** What they were told, by its rows. */
export const heardOfIn = (heard: readonly Heard[]): ReadonlySet<string> =>
  new Set(
    heard.flatMap(({ chat, text, status }) =>
      isOfficer(chat) && status === 200 ? (tagIn(text, chat) ?? []) : [],
    ),
  );

/** The database's own time, from which on its history is read. */
export const momentOf = async ({ database }: Store): Promise<Moment> => {
  const { operationTime } = (await database.connection.db?.command({ ping: 1 })) ?? {};
  return operationTime;
};

const last = (): DeliveryDoc => ({
  _id: LAST,
  chat: '',
  lane: 'campaign',
  purpose: '',
  state: 'held',
  readyAt: new Date(),
  attempt: 0,
  sealed: Buffer.alloc(0),
});

/** When the database made a change. */
const wallTimeOf = (change: object): number | undefined =>
  'wallTime' in change && change.wallTime instanceof Date ? change.wallTime.getTime() : undefined;

/** All that happened to the rows since, in order, from the database's own log. */
export const historySince = async ({ database }: Store, from: Moment): Promise<readonly Step[]> => {
  const { deliveries } = database.collections;
  await deliveries.insertOne(last());
  const stream = deliveries.watch([], { ...(from && { startAtOperationTime: from }), batchSize: 1_000 });
  const steps: Step[] = [];
  for await (const change of stream) {
    const at = wallTimeOf(change);
    if (change.operationType === 'insert') {
      const { _id: id, state, epoch, attempt } = change.fullDocument;
      if (id === LAST) break;
      steps.push({ id, inserted: true, state, epoch, attempt, at });
    } else if (change.operationType === 'update') {
      const { state, epoch, attempt, claim } = change.updateDescription.updatedFields ?? {};
      steps.push({ id: String(change.documentKey._id), inserted: false, state, epoch, attempt, claim, at });
    }
  }
  await stream.close();
  return steps;
};

/** What the platforms heard, each message by what it was planned as. */
export const toldFrom = (
  heard: readonly Heard[],
  alerts: readonly string[],
  staffAt: ReadonlyMap<string, string>,
): readonly Told[] =>
  heard
    .filter(({ chat }) => !isOfficer(chat))
    .map(({ at, bot, chat, text, markup, status }) => {
      const alert = alerts.find((id) => markup.includes(id));
      const tag = alert === undefined ? tagIn(text, chat) : alertTag(alert, staffAt.get(chat), levelIn(text));
      return { at, bot, chat, tag, status, again: text.includes(AGAIN) };
    })
    .sort((a, b) => a.at - b.at);
