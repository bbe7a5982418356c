import { randomBytes } from 'node:crypto';
import type { Channel } from '../../bots/port.ts';
import { FLOWS } from '../../flows/index.ts';
import { type Budget, createBudget, type ReplyLane } from '../delivery/budgets.ts';
import { createMailbox, type Mailbox } from '../delivery/mailbox.ts';
import { createReceipts, type Receipts } from '../delivery/receipts.ts';
import { createReplyBudget, type ReplyBudget } from '../delivery/replyBudget.ts';
import { leftBehindIn } from '../dialogue/left.ts';
import { type AlertDeskParts, createAlertDesk } from '../services/alerts/desk.ts';
import { readList } from '../services/campaigns/readList.ts';
import { createCardReader } from '../services/card/reader.ts';
import type { Worker } from '../services/converse/ports.ts';
import { declarationServices } from '../services/declarations/index.ts';
import { readCard } from '../services/readCard.ts';
import { reminderWanted } from '../services/reminders/wanted.ts';
import { talkServices } from '../services/talks/index.ts';
import { unaskedServices } from '../services/unasked/index.ts';
import type { Conversations } from '../store/conversations.ts';
import { Mailboxes } from '../store/mailboxes.ts';
import type { Base, Began } from './base.ts';
import { sendTo } from './deliver.ts';
import { firstTried } from './firstTried.ts';
import { HOME } from './home.ts';
import { allOf, draftWantedIn, exercisesIn, wantedIn } from './reader.ts';
import { stuckLog } from './stuck.ts';
import { type Exercises, marked, openExercises } from './training.ts';

type Channels = ReadonlyMap<string, Channel>;

export const openMailbox = ({ store }: Base, began: Began): Mailbox => {
  const collection = store.database.collections.mailboxes;
  const mailbox = createMailbox({ mailboxes: new Mailboxes(collection, store.sealer), collection });
  began(() => mailbox.close());
  return mailbox;
};

/** What replies ask before they leave, and are charged to. */
export const openReplies = ({ store, log }: Base, { budget }: DeskParts, began: Began): ReplyBudget => {
  const replies = createReplyBudget({
    collection: store.database.collections.budgets,
    budget,
    onError: (err) => log.warn({ err }, 'replies are not charged: the database is away'),
  });
  began(() => replies.stop());
  return replies;
};

/** Where it is noted which messages have arrived. */
export const openReceipts = ({ store, log }: Base, began: Began): Receipts => {
  const receipts = createReceipts({
    collection: store.database.collections.deliveries,
    onError: (err) => log.warn({ err }, 'what has arrived is not written: the database is away'),
  });
  began(() => receipts.stop());
  return receipts;
};

type DeskParts = AlertDeskParts & { readonly budget: Budget & ReplyLane };

const deskParts = (base: Base, channels: Channels, conversations: Conversations): DeskParts => {
  const { settings, store, rules, areaOf, log, figures } = base;
  const send = sendTo(channels, conversations, (err) => {
    figures.unmarked();
    log.warn(
      { err },
      'a chat that can be reached again stays marked as stopped: the next message tries again',
    );
  });
  return {
    ...store,
    budget: createBudget({
      collection: store.database.collections.budgets,
      ...firstTried(channels, conversations),
    }),
    rules: () => rules.current().rules,
    areaOf,
    home: HOME,
    channelNames: () => [...channels.keys()],
    send: settings.training ? marked(send) : send,
    wanted: allOf(
      wantedIn(conversations),
      draftWantedIn(conversations, leftBehindIn(FLOWS)),
      reminderWanted(store.database),
    ),
    onStuck: stuckLog(log),
    onError: (err) =>
      log.error(
        { err },
        'something that is to leave waits: the database or a row cannot be read, or the fault is ours',
      ),
  };
};

const declarationParts = ({ store, areaOf, rules, settings }: Base) => ({
  ...store,
  areaOf,
  assess: rules.assess,
  rules: () => rules.current().rules,
  hotline: settings.hotline,
});

/** The desk of the duty staff, and its double for exercises. */
export const openDesks = (base: Base, channels: Channels, conversations: Conversations) => {
  const { store, settings, figures } = base;
  const parts = deskParts(base, channels, conversations);
  const desk = createAlertDesk({
    ...parts,
    observe: (outcome, _purpose, ms) => figures.alertSent(outcome, ms / 1000),
  });
  const exercises = openExercises({
    database: store.database,
    desk: parts,
    declarations: declarationParts(base),
    everybody: settings.training,
    exercises: exercisesIn(conversations),
  });
  return { parts, desk, exercises };
};

/** Links that begin a chat with this said, of every channel that can give one. */
const linksOf = (channels: Channels) => (said: string) =>
  [...channels.values()].flatMap((channel) => {
    const url = channel.deepLink?.(said);
    return url === undefined ? [] : [{ channel: channel.name, url }];
  });

export const citizenServices = (
  base: Base,
  { desk }: Pick<ReturnType<typeof openDesks>, 'desk'>,
  channels: Channels,
  conversations: Conversations,
) => {
  const { models, collections } = base.store.database;
  return {
    ...declarationServices({
      ...declarationParts(base),
      models,
      alert: desk.alert,
      withdrawn: desk.withdrawn,
    }),
    ...unaskedServices,
    ...talkServices({
      ...base.store,
      collections,
      conversations,
      links: linksOf(channels),
      random: randomBytes,
    }),
  };
};

/** Fetches what somebody sent from the channel it came by. */
const fetchFrom = (channels: Channels) => async (channel: string, ref: string) =>
  (await channels.get(channel)?.fetchFile?.(ref)) ?? null;

/** Reads a list of phone numbers; what is kept of it lies sealed, an exercise's with what else is practised. */
export const openListReader = (
  { store }: Base,
  channels: Channels,
  exercises: Pick<Exercises, 'collections'>,
): Worker =>
  readList({
    ...store,
    fetchFile: fetchFrom(channels),
    collectionsOf: (exercise) => (exercise ? exercises.collections : store.database.collections),
  });

/** Reads the photo of a card; the photo is fetched from its channel and kept nowhere. */
export const openCardReader = ({ gazetteer, figures }: Base, channels: Channels, began: Began) => {
  const reader = createCardReader();
  began(() => reader.close());
  return readCard({ reader, gazetteer, fetchPhoto: fetchFrom(channels), onRead: figures.card });
};
