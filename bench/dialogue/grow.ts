import { generateKeyRing } from '../../src/security/key-ring.ts';
import { type Bot, KHAIBAO, startBot } from './bots.ts';
import type { Grown, Measurement } from './grow-tables.ts';
import { measure, type Round, type Where } from './measure.ts';
import { type Memory, memoryOf } from './memory.ts';
import type { Options } from './options.ts';
import { declaration } from './script.ts';
import { round } from './table.ts';
import { AT_ONCE, standing, warm } from './warm.ts';

export interface GrowParts extends Where {
  readonly uri: string;
  readonly options: Options;
  readonly note: (line: string) => void;
}

const QUESTIONS = 10;
/** A chat in the middle of its declaration has given so many answers. */
const HALF_WAY = 5;
/** Numbers of the chats that the database is filled with; a server that runs on never meets them again. */
const FIRST_STORED = 10_000_000;

const keys = JSON.stringify(generateKeyRing());

const start = (parts: GrowParts, database?: string, questions = QUESTIONS): Promise<Bot> => {
  const { uri, load } = parts;
  return startBot(KHAIBAO, { uri, api: load.ready.api, keys, questions, ...(database && { database }) });
};

interface Filled {
  readonly bot: Bot;
  readonly name: string;
  readonly bytes: number;
  readonly stored: { readonly first: number; readonly count: number };
}

/** A bot on a database of its own with so many conversations half-way on, and as many declarations. */
const filled = async (parts: GrowParts, count: number): Promise<Filled> => {
  const { options, note } = parts;
  const bot = await start(parts);
  const { first: like, bytes } = await standing(parts, bot, declaration(QUESTIONS), HALF_WAY);
  await warm(parts, bot, options);
  const began = Date.now();
  await bot.child.ask('fill', { like, first: FIRST_STORED, count });
  note(`filled to ${round(count)} conversations in ${round((Date.now() - began) / 1_000)} s`);
  return { bot, bytes, name: `${round(count)} stored`, stored: { first: FIRST_STORED, count } };
};

/** The same talk, half-way on, beside few and many: in turn, so that what the machine does besides meets both. */
const byStored = async (parts: GrowParts): Promise<readonly Measurement[]> => {
  const { options } = parts;
  const script = declaration(QUESTIONS, HALF_WAY);
  const all: Filled[] = [];
  for (const wanted of options.stored) all.push(await filled(parts, wanted));
  const skips = all.map(() => 0);
  const rounds = all.map((): Round[] => []);
  for (let n = 0; n < options.rounds; n += 1) {
    for (const [at, { bot, stored }] of all.entries()) {
      const args = {
        chats: AT_ONCE,
        script,
        stored: { ...stored, skip: skips[at] ?? 0 },
        ...timesOf(options),
      };
      const done = await measure(parts, [bot], args);
      skips[at] = (skips[at] ?? 0) + done.begun;
      rounds[at]?.push(done);
    }
  }
  await end(parts, ...all.map(({ bot }) => bot));
  return all.map(({ name, bytes }, at) => ({ name, round: middle(rounds[at] ?? []), bytes }));
};

const timesOf = ({ warmUp, measure: ms }: Options) => ({ warmUp, measure: ms });

const middle = (rounds: readonly Round[]): Round => {
  const found = rounds.toSorted((a, b) => a.rate - b.rate)[Math.floor((rounds.length - 1) / 2)];
  if (found === undefined) throw new Error('nothing was measured');
  return found;
};

const end = async ({ server }: Where, ...bots: readonly Bot[]): Promise<void> => {
  for (const bot of bots) await bot.end();
  await server.drop([...new Set(bots.map(({ database }) => database))]);
};

const byLength = async (parts: GrowParts): Promise<readonly Measurement[]> => {
  const made: Measurement[] = [];
  for (const questions of [10, 60]) {
    const bot = await start(parts, undefined, questions);
    const script = declaration(questions);
    const { bytes } = await standing(parts, bot, script, questions - 1);
    await warm(parts, { ...bot, script }, parts.options);
    const rounds: Round[] = [];
    for (let n = 0; n < parts.options.rounds; n += 1)
      rounds.push(await measure(parts, [bot], { chats: AT_ONCE, script, ...timesOf(parts.options) }));
    made.push({ name: `${questions} questions`, round: middle(rounds), bytes });
    await end(parts, bot);
  }
  return made;
};

const byProcesses = async (parts: GrowParts): Promise<readonly Measurement[]> => {
  const one = await start(parts);
  const two = await start(parts, one.database);
  const script = declaration(QUESTIONS);
  const { bytes } = await standing(parts, one, script, HALF_WAY);
  for (const bot of [one, two]) await warm(parts, bot, parts.options);
  const ways = [
    { name: 'one process', bots: [one] },
    { name: 'two, each chat to its own', bots: [one, two], balance: 'chat' },
    { name: 'two, each update to the next', bots: [one, two], balance: 'update' },
  ] as const;
  const made: Measurement[] = [];
  for (const chats of [AT_ONCE, 1_000]) {
    const rounds = ways.map((): Round[] => []);
    for (let n = 0; n < parts.options.rounds; n += 1) {
      for (const [at, way] of ways.entries()) {
        const balance = 'balance' in way ? { balance: way.balance } : {};
        const args = { chats, script, ...balance, ...timesOf(parts.options) };
        rounds[at]?.push(await measure(parts, way.bots, args));
      }
    }
    for (const [at, { name }] of ways.entries())
      made.push({ name: `${name}, ${round(chats)} chats`, round: middle(rounds[at] ?? []), bytes });
  }
  await end(parts, one, two);
  return made;
};

const byUpdates = async (parts: GrowParts): Promise<readonly Memory[]> => {
  const bot = await start(parts);
  const seen = await memoryOf(parts, bot, declaration(QUESTIONS), parts.options.updates);
  await end(parts, bot);
  return seen;
};

/** How it grows: with what is stored, with the length of the flow, with processes, with time. */
export const grow = async (parts: GrowParts): Promise<Grown> => ({
  stored: await byStored(parts),
  length: await byLength(parts),
  processes: await byProcesses(parts),
  memory: await byUpdates(parts),
});
