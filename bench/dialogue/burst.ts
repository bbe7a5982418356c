import { setTimeout as pause } from 'node:timers/promises';
import { type Crowd, Lines, type Target } from './crowd.ts';
import { answersOf, declaration } from './script.ts';

/**
 * `burst`: three answers within 2 ms, on one connection, so that they arrive in their order. `turn`: each after the
 * 2xx to the one before, as Telegram posts the messages of one chat.
 */
export type Manner = 'burst' | 'turn';

export interface BurstArgs {
  readonly target: Target;
  readonly manner: Manner;
  readonly chats: number;
  readonly questions: number;
  /** First chat; those after it are taken too. */
  readonly first: number;
  readonly seed: number;
}

/** A share of updates is delivered twice, as after a 2xx that was lost. */
const TWICE = 0.05;
const TOGETHER = 3;
const APART_MS = 1;
/** Chats talking at once: enough to mix, too few to overload the slowest. */
const AT_ONCE = 32;
/** How long a person looks for the replies to a burst before typing on (ms). */
const PATIENCE = 400;
/** In the end whatever is still being done comes to rest (ms). */
const REST = 1_500;

export interface Burst {
  /** Replies by chat, in the order of the chats. */
  readonly replies: readonly number[];
  readonly answers: number;
  readonly twice: number;
  readonly refused: number;
}

/** Small, good enough to spread duplicates, the same every run (mulberry32). */
const randomOf = (seed: number) => {
  let state = seed;
  return (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
};

interface Counts {
  twice: number;
  refused: number;
}

const groupsOf = (answers: readonly string[], size: number): readonly (readonly string[])[] =>
  answers.flatMap((_, at) => (at % size === 0 ? [answers.slice(at, at + size)] : []));

/** Every chat declares once, the replies be what they may; what was stored is looked at afterwards. */
export const burst = async (crowd: Crowd, args: BurstArgs): Promise<Burst> => {
  const { target, manner, questions, first } = args;
  const random = randomOf(args.seed);
  const counts: Counts = { twice: 0, refused: 0 };
  const groups = groupsOf(answersOf(questions), manner === 'burst' ? TOGETHER : 1);
  const [begin] = declaration(questions);
  const one = async (chat: number, lines: Lines): Promise<void> => {
    const post = async (body: string): Promise<void> => {
      const status = await lines.post(chat, body);
      if (status < 200 || status >= 300) counts.refused += 1;
    };
    const asked = crowd.reply(chat, begin?.expect ?? '');
    await post(crowd.body(target, chat, begin?.text ?? ''));
    await asked;
    for (const group of groups) {
      await say(group, (text) => crowd.body(target, chat, text), post);
      const before = performance.now();
      while (crowd.repliesTo(chat) < expected(groups, group) && performance.now() - before < PATIENCE)
        await pause(5);
    }
  };
  const say = async (
    group: readonly string[],
    bodyOf: (text: string) => string,
    post: (body: string) => Promise<void>,
  ) => {
    const posts: Promise<void>[] = [];
    for (const text of group) {
      const body = bodyOf(text);
      const twice = random() < TWICE;
      if (twice) counts.twice += 1;
      const posting = post(body);
      posts.push(posting);
      if (manner === 'turn') await posting;
      if (twice) posts.push(post(body));
      if (manner === 'burst') await pause(APART_MS);
    }
    await Promise.all(posts);
  };
  crowd.count();
  await inParallel(args.chats, async (n) => {
    const lines = new Lines(target);
    await one(first + n, lines);
    lines.close();
  });
  await pause(REST);
  const replies = Array.from({ length: args.chats }, (_, n) => crowd.repliesTo(first + n));
  return { replies, answers: args.chats * questions, ...counts };
};

/** Replies a chat should have had after a group: the first question, and one for each answer. */
const expected = (groups: readonly (readonly string[])[], group: readonly string[]): number =>
  1 + groups.slice(0, groups.indexOf(group) + 1).flat().length;

const inParallel = async (count: number, task: (n: number) => Promise<void>): Promise<void> => {
  let next = 0;
  const worker = async (): Promise<void> => {
    while (next < count) {
      next += 1;
      await task(next - 1);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
};
