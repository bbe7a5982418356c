import type { Bot } from './bots.ts';
import type { Burst, BurstArgs } from './burst.ts';
import type { Entry } from './ledger.ts';
import { type Load, targetOf } from './measure.ts';
import { answersOf } from './script.ts';

/** What became of the answers of many chats that each declared once. */
export interface Verdict {
  readonly chats: number;
  readonly answers: number;
  /** Updates that were delivered twice. */
  readonly twice: number;
  readonly lost: number;
  readonly doubled: number;
  /** Stand before one that was given earlier. */
  readonly reordered: number;
  /** Chats with exactly one declaration, every answer at its question. */
  readonly right: number;
  readonly repliesMissing: number;
  readonly repliesTwice: number;
  readonly refused: number;
}

interface Chat {
  readonly stored: readonly string[];
  readonly declarations: number;
  readonly replies: number;
}

type Counted = Omit<Verdict, 'chats' | 'answers' | 'twice' | 'refused'>;

const number = (answer: string): number => Number(answer.slice(1));

const count = (given: readonly string[], { stored, declarations, replies }: Chat): Counted => {
  const once = [...new Set(stored)];
  const lost = given.filter((answer) => !once.includes(answer)).length;
  const doubled = stored.length - once.length;
  const reordered = once.filter((answer, at) => at > 0 && number(answer) < number(once[at - 1] ?? '')).length;
  const right = declarations === 1 && stored.join() === given.join();
  const owed = given.length + 1;
  return {
    lost,
    doubled,
    reordered,
    right: right ? 1 : 0,
    repliesMissing: Math.max(0, owed - replies),
    repliesTwice: Math.max(0, replies - owed),
  };
};

const add = (a: Counted, b: Counted): Counted => ({
  lost: a.lost + b.lost,
  doubled: a.doubled + b.doubled,
  reordered: a.reordered + b.reordered,
  right: a.right + b.right,
  repliesMissing: a.repliesMissing + b.repliesMissing,
  repliesTwice: a.repliesTwice + b.repliesTwice,
});

const NONE: Counted = { lost: 0, doubled: 0, reordered: 0, right: 0, repliesMissing: 0, repliesTwice: 0 };

const byChat = (entries: readonly Entry[]): ReadonlyMap<string, readonly Entry[]> => {
  const chats = new Map<string, Entry[]>();
  for (const entry of entries) chats.set(entry.chat, [...(chats.get(entry.chat) ?? []), entry]);
  return chats;
};

/** Lets many chats declare under duplicates (and bursts), then reads what is in the bot's database. */
export const check = async (
  load: Load,
  bot: Bot,
  args: Omit<BurstArgs, 'target' | 'first'>,
): Promise<Verdict> => {
  const done = await load.ask<Burst & { readonly first: number }>('burst', {
    ...args,
    target: targetOf([bot]),
  });
  const entries = byChat(await bot.child.ask<readonly Entry[]>('answers'));
  const given = answersOf(args.questions);
  const counted = done.replies.map((replies, n) => {
    const own = entries.get(String(done.first + n)) ?? [];
    const stored = own.flatMap(({ answers }) => answers);
    return count(given, { stored, declarations: own.length, replies });
  });
  const { answers, twice, refused } = done;
  return { chats: args.chats, answers, twice, refused, ...counted.reduce(add, NONE) };
};
