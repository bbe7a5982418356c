import { setTimeout as pause } from 'node:timers/promises';
import type { Bot } from './bots.ts';
import { measure, type Round, targetOf, type Where } from './measure.ts';
import type { Options } from './options.ts';
import type { Script } from './script.ts';

export const AT_ONCE = 64;
/** What was sent is marked so, and not owed any more, after this (ms). */
const SETTLED_AFTER = 500;

/** Chats that have answered so far and wait: what one of them weighs, and a warm bot. Gives the first's number. */
export const standing = async (where: Where, bot: Bot, script: Script, answered: number) => {
  const said = script.slice(0, answered + 1);
  const first = await where.load.ask<number>('next');
  await where.load.ask('begin', { target: targetOf([bot]), chats: AT_ONCE, script: said, once: true });
  await pause(SETTLED_AFTER);
  return { first, bytes: await bot.child.ask<number>('size') };
};

/** Node compiles what runs often: nobody is measured before that has come to rest. */
export const warm = (where: Where, bot: Bot, { warmUp }: Pick<Options, 'warmUp'>): Promise<Round> =>
  measure(where, [bot], { chats: AT_ONCE, script: bot.script, warmUp: 0, measure: warmUp * 6 });
