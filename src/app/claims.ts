import type { Settings } from '../settings.ts';
import type { Database } from '../store/connect.ts';
import { available } from '../store/errors.ts';
import { TRAINING } from './store.ts';

/** One bot cannot serve real citizens and an exercise: whoever writes to it would land in either by chance. */
class BotTakenError extends Error {
  override readonly name = 'SettingsError';
}

/** The bots of these settings by their public ids; never a token. */
const botsOf = ({ telegram, botFramework }: Settings): readonly string[] => [
  ...(telegram === undefined ? [] : [`telegram:${telegram.token.split(':')[0]}`]),
  ...(botFramework?.appId === undefined ? [] : [`botframework:${botFramework.appId}`]),
];

const otherName = (name: string, training: boolean): string =>
  training ? name.slice(0, -TRAINING.length) : `${name}${TRAINING}`;

const SENTENCE = {
  training: (bot: string) => `The bot ${bot} speaks to real citizens: an exercise needs a bot of its own.`,
  real: (bot: string) =>
    `The bot ${bot} belongs to an exercise: wipe it first (KHAIBAO_MODE=training khaibao training wipe --yes), or use another.`,
};

/**
 * Notes which bots this server speaks by, and refuses one that the exercise beside it, or the real server, speaks by.
 * Known only where both use the same MongoDB.
 * @throws SettingsError
 */
export const claimBots = async (settings: Settings, { connection, collections, sibling }: Database) => {
  const ids = botsOf(settings);
  if (ids.length === 0) return;
  const other = sibling(otherName(connection.name, settings.training)).collections.bots;
  const taken = await available(other.findOne({ _id: { $in: [...ids] } }));
  if (taken !== null) throw new BotTakenError(SENTENCE[settings.training ? 'training' : 'real'](taken._id));
  for (const _id of ids)
    await available(collections.bots.updateOne({ _id }, { $set: { at: new Date() } }, { upsert: true }));
};
