import { EventEmitter, once } from 'node:events';
import type { Account, Activity } from './activity.ts';

/** One conversation, as the channel keeps it. */
export interface Talk {
  readonly id: string;
  readonly channelId: string;
  readonly tenantId: string;
  readonly user: Account;
  readonly bot: Account;
  /** Everything said by both, in order; an edit stands where the message stood. */
  readonly log: readonly Activity[];
  /** Everything that came from the bot, in order; an edit comes once more. */
  readonly arrived: readonly Activity[];
  /** Gives it its id. */
  add(activity: Activity): Activity;
  /** Whether there was such a message. */
  update(id: string, activity: Activity): boolean;
  remove(id: string): boolean;
  /** The next change, or an error after this long (ms). */
  change(patience: number): Promise<void>;
}

export type TalkAbout = Pick<Talk, 'id' | 'channelId' | 'tenantId' | 'user' | 'bot'>;

export const openTalk = (about: TalkAbout): Talk => {
  const log: Activity[] = [];
  const arrived: Activity[] = [];
  const changes = new EventEmitter();
  let last = 0;
  const fromBot = (activity: Activity): void => {
    if (activity.from?.id === about.bot.id) arrived.push(activity);
    changes.emit('change');
  };
  return {
    ...about,
    log,
    arrived,
    add: (activity) => {
      last += 1;
      const id = `${about.id}|${String(last).padStart(7, '0')}`;
      const said = { ...activity, id, timestamp: new Date().toISOString() };
      log.push(said);
      fromBot(said);
      return said;
    },
    update: (id, activity) => {
      const at = log.findIndex((one) => one.id === id);
      if (at < 0) return false;
      log[at] = { ...activity, id };
      fromBot({ ...activity, id });
      return true;
    },
    remove: (id) => {
      const at = log.findIndex((one) => one.id === id);
      if (at >= 0) log.splice(at, 1);
      changes.emit('change');
      return at >= 0;
    },
    change: async (patience) => {
      await once(changes, 'change', { signal: AbortSignal.timeout(Math.max(patience, 1)) });
    },
  };
};
