import type { Bot, Usage } from './bots.ts';
import { targetOf, type Where } from './measure.ts';
import type { Script } from './script.ts';
import { AT_ONCE } from './warm.ts';

export interface Memory {
  readonly updates: number;
  readonly rss: number;
  readonly heapUsed: number;
}

/** How often the memory is looked at (updates). */
const LOOK_EVERY = 50_000;

/** Memory of one process that goes on and on, new people all the time. */
export const memoryOf = async (
  { load }: Where,
  bot: Bot,
  script: Script,
  most: number,
): Promise<readonly Memory[]> => {
  const every = Math.min(LOOK_EVERY, Math.max(1, Math.floor(most / 4)));
  const seen: Memory[] = [];
  await load.ask('begin', { target: targetOf([bot]), chats: AT_ONCE, script });
  await load.ask('mark');
  for (let updates = every; updates <= most; updates += every) {
    await load.ask('reached', updates);
    const { rss, heapUsed = 0 } = await bot.child.ask<Usage>('usage');
    seen.push({ updates, rss, heapUsed });
  }
  await load.ask('end');
  return seen;
};
