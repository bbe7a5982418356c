import { SendError } from '../delivery/outgoing.ts';
import { markSay } from '../dialogue/exercise.ts';
import { type AlertDesk, type AlertDeskParts, createAlertDesk } from '../services/alerts/desk.ts';
import { type DeclarationParts, declarationServices } from '../services/declarations/index.ts';
import type { Service } from '../services/service.ts';
import { someoneTrains, type TrainingParts, trainingServices, withTraining } from '../services/training.ts';
import type { Database } from '../store/connect.ts';
import { createIndexes } from '../store/prepare.ts';

type Services = Readonly<Record<string, Service>>;

export interface ExercisesParts {
  readonly database: Database;
  readonly desk: AlertDeskParts;
  readonly declarations: Omit<DeclarationParts, 'models' | 'alert' | 'withdrawn'>;
  /** The whole server is one exercise, on a database of its own. */
  readonly everybody: boolean;
  /** Whether a chat is in an exercise at this moment. */
  readonly exercises: (chat: string) => Promise<boolean>;
}

export interface Exercises {
  readonly models: Database['models'];
  readonly collections: Database['collections'];
  /** The real services, for chats in an exercise on the exercises' own data. */
  services(real: Services): Services;
  /** Takes up what was begun before this process was. */
  start(): Promise<void>;
  stop(): Promise<void>;
}

/** What single chats practise lies in a database beside the real one: what is written there counts nowhere. */
export const exerciseName = (name: string): string => `${name}-exercise`;

/** Everything sent so is marked as an exercise. */
export const marked =
  (send: AlertDeskParts['send']): AlertDeskParts['send'] =>
  (chat, { say, edits, ...message }) => {
    const after = edits && { edits: { ...edits, say: markSay(edits.say) } };
    return send(chat, { ...message, say: markSay(say), ...after });
  };

/** The same desk and the same declarations, on the exercises' data; what they send is marked. */
export const openExercises = ({
  database,
  desk,
  declarations,
  everybody,
  exercises,
}: ExercisesParts): Exercises => {
  const sibling = database.sibling(exerciseName(database.connection.name));
  const send = marked(desk.send);
  const theirDesk: AlertDesk = createAlertDesk({
    ...desk,
    database: sibling,
    send: async (chat, message) => {
      // Whoever has left, or has let it run out, is not to take an exercise for real.
      if (!(await exercises(chat))) throw new SendError('permanent', 'not-training');
      return send(chat, message);
    },
  });
  let waking: Promise<void> | undefined;
  const wake = (): Promise<void> => {
    waking ??= createIndexes(sibling).then(
      () => theirDesk.start(),
      (error: unknown) => {
        waking = undefined;
        throw error;
      },
    );
    return waking;
  };
  const declaring = declarationServices({
    ...declarations,
    models: sibling.models,
    alert: theirDesk.alert,
    withdrawn: theirDesk.withdrawn,
  });
  const parts: TrainingParts = {
    real: { ...desk, collections: database.collections },
    training: { ...desk, collections: sibling.collections },
    everybody,
    anybodys: new Set(Object.keys(declaring)),
    wake,
  };
  const theirs = { ...declaring, ...theirDesk.services };
  return {
    models: sibling.models,
    collections: sibling.collections,
    services: (real) => ({ ...withTraining(parts, real, theirs), ...trainingServices(parts) }),
    start: async () => {
      if (await someoneTrains(parts)) await wake();
    },
    stop: async () => {
      await waking?.catch(() => undefined);
      await theirDesk.stop();
    },
  };
};
