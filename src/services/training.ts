import { exercisingSince } from '../dialogue/exercise.ts';
import { postOf } from '../domain/facility.ts';
import { randomId } from '../security/random.ts';
import { type Effect, elsewhere, insert, update } from '../store/effect.ts';
import type { StaffDoc } from '../store/staff.ts';
import { endShifts, runningShifts } from './roster/members.ts';
import type { Service, ServiceContext, ServiceResult } from './service.ts';
import { actorOf, stranger } from './staff/actor.ts';
import type { StaffParts } from './staff/parts.ts';

type Services = Readonly<Record<string, Service>>;

/** The exercises' own collections: what is done in one is written there and nowhere else. */
export interface TrainingParts {
  readonly real: StaffParts;
  readonly training: StaffParts;
  /** Every chat is in an exercise already: the whole server runs as one. */
  readonly everybody: boolean;
  /** Services of people who declare: nobody has to be staff for them. */
  readonly anybodys: ReadonlySet<string>;
  /** Makes the collections and begins to send what is in them; done once, and only when there is an exercise. */
  readonly wake: () => Promise<void>;
}

/** Services that belong to the chat itself, exercise or not. */
const ALWAYS_REAL = new Set([
  'linkStaff',
  'unlinkStaff',
  'trainingState',
  'beginTraining',
  'endTraining',
  'offerTalk',
  'joinTalk',
  'talkMembers',
  'leaveTalk',
]);

/** They are about one thing by its id; a thing that is no exercise's is real, and ends the exercise. */
const BY_ID = new Set([
  'alertAct',
  'mayCloseAlert',
  'closeAlert',
  'showFeedback',
  'answerFeedback',
  'lookAtCode',
]);

/** What is real ends the exercise. */
const leaving = (result: ServiceResult): ServiceResult => ({
  ...result,
  remember: { ...result.remember, training: null },
});

/** Over, but for the answer to what was just said: that was meant for the exercise, and is marked so. */
const runOut = (result: ServiceResult): ServiceResult => ({
  ...result,
  remember: { ...result.remember, training: 0 },
});

/** It is not there; of a code at a checkpoint: nobody has declared under it. */
const isGone = (value: unknown): boolean => {
  const { is, standing } = (value ?? {}) as { is?: unknown; standing?: unknown };
  return is === 'gone' || standing === 'unknown';
};

/** A real alert that came during the exercise and that nobody has taken: whoever asks for alerts means that one. */
const realWaits = async ({ real }: TrainingParts, { memory }: ServiceContext): Promise<boolean> => {
  const since = exercisingSince(memory);
  if (since === undefined) return false;
  const told = { state: 'open' as const, asked: String(memory.staff), freshAt: { $gte: new Date(since) } };
  return (await real.collections.alerts.countDocuments(told, { limit: 1 })) > 0;
};

/** In an exercise a service works on the exercises' collections; the very same code, so that it trains what is real. */
export const withTraining = (parts: TrainingParts, real: Services, training: Services): Services => {
  const { wake } = parts;
  const { collections } = parts.training;
  const choose =
    (name: string, ours: Service, theirs: Service): Service =>
    async (args, context) => {
      if (exercisingSince(context.memory) === undefined) return ours(args, context);
      await wake();
      // Whose service was ended practises no more either.
      const ended = (await actorOf(parts.real, context)) === null;
      if (ended && !parts.anybodys.has(name)) return leaving(await ours(args, context));
      if (name === 'inbox' && (await realWaits(parts, context))) return leaving(await ours(args, context));
      const result = await theirs(args, context);
      if (BY_ID.has(name) && isGone(result.value)) {
        const found = await ours(args, context);
        return isGone(found.value) ? result : leaving(found);
      }
      // Wiped meanwhile, or taken off the list: the exercise is over for this chat, and what was asked is real.
      if (result.remember?.staff === null) return leaving(await ours(args, context));
      const { remember } = result;
      const effects = (result.effects ?? []).map((effect) => elsewhere(effect, collections));
      const practised = { value: result.value, ...(remember && { remember }), effects };
      return ended ? runOut(practised) : practised;
    };
  return Object.fromEntries(
    Object.entries(real).map(([name, ours]) => {
      const theirs = training[name];
      return [name, theirs === undefined || ALWAYS_REAL.has(name) ? ours : choose(name, ours, theirs)];
    }),
  );
};

/** The member as the exercises know them: reached in this chat only, and on duty as long as the exercise lasts. */
const enlisted = async (
  { training }: TrainingParts,
  doc: StaffDoc,
  chat: string,
  now: number,
): Promise<readonly Effect[]> => {
  const { staff, shifts } = training.collections;
  const known = await staff.findOne({ _id: doc._id });
  const running = await shifts.findOne({ staff: doc._id, ...runningShifts(now) });
  const begun = { _id: randomId(), staff: doc._id, ...postOf(doc), from: new Date(now) };
  const { _id, ...fields } = { ...doc, chats: [chat] };
  return [
    known === null ? insert('staff', { _id, ...fields }) : update('staff', { _id }, { $set: fields }),
    ...(running === null ? [insert('shifts', begun)] : []),
  ].map((effect) => elsewhere(effect, training.collections));
};

/** Whether this chat may begin an exercise, or is in one. */
const trainingState =
  ({ real, everybody }: TrainingParts): Service =>
  async (_args, context) => {
    if (everybody) return { value: { is: 'everybody' } };
    if ((await actorOf(real, context)) === null) return stranger;
    return { value: { is: exercisingSince(context.memory) === undefined ? 'real' : 'training' } };
  };

const beginTraining =
  (parts: TrainingParts): Service =>
  async (_args, context) => {
    const actor = await actorOf(parts.real, context);
    await parts.wake();
    const doc = actor && (await parts.real.collections.staff.findOne({ _id: actor.id }));
    if (!doc) return stranger;
    const { chat, now } = context;
    return {
      value: { is: 'begun' },
      remember: { training: now },
      effects: await enlisted(parts, doc, chat, now),
    };
  };

const endTraining =
  ({ training }: TrainingParts): Service =>
  async (_args, { chat, memory, now }) => {
    const staff = String(memory.staff ?? '');
    const ended = await endShifts(training, staff, now);
    const effects = [update('staff', { _id: staff }, { $pull: { chats: chat } }), ...ended];
    return {
      value: { is: 'ended' },
      remember: { training: null },
      effects: effects.map((effect) => elsewhere(effect, training.collections)),
    };
  };

/** Whether somebody is in an exercise: one that was begun before this process was. */
export const someoneTrains = async ({ training }: Pick<TrainingParts, 'training'>): Promise<boolean> =>
  (await training.collections.staff.countDocuments({ 'chats.0': { $exists: true } }, { limit: 1 })) > 0;

/** Beginning and ending an exercise in one staff member's chat. */
export const trainingServices = (parts: TrainingParts): Services => ({
  trainingState: trainingState(parts),
  beginTraining: beginTraining(parts),
  endTraining: endTraining(parts),
});
