import { join } from 'node:path';
import { installLibraries, librariesFresh } from '../../tools/install.mjs';
import { type Bot, KINDS, startBot } from './bots.ts';
import { check } from './check.ts';
import type { Load, Where } from './measure.ts';
import type { Options } from './options.ts';
import {
  boundLines,
  foreignLine,
  type Judged,
  type Ratio,
  ratioAt,
  ratioLines,
  safeLine,
  speedTable,
  verdictTable,
} from './report.ts';
import { race, type Speed } from './speed.ts';
import { round, table } from './table.ts';
import { standing, warm } from './warm.ts';

export interface Compared {
  readonly speeds: readonly Speed[];
  readonly verdicts: readonly Judged[];
  readonly ratios: readonly Ratio[];
  readonly sizes: readonly { readonly bot: string; readonly bytes: number }[];
}

const PEERS = join(import.meta.dirname, '..', 'peers');
const QUESTIONS = 10;
const HALF_WAY = 5;

/** The bots of others are no part of the product: their libraries are fetched when they are measured. */
const install = async (): Promise<void> => {
  if (librariesFresh(PEERS)) return;
  process.stdout.write('The bots to compare with are installed in bench/peers, once (190 MB).\n');
  await installLibraries(PEERS);
};

type Weighed = Bot & { readonly bytes: number };

/** The bots, warm, each with what one of its chats weighs half-way through. */
const startAll = async (where: Where, uri: string, options: Options): Promise<readonly Weighed[]> => {
  const { only } = options;
  const bots: Weighed[] = [];
  for (const kind of KINDS.filter(({ name }) => only.length === 0 || only.includes(name))) {
    const bot = await startBot(kind, { uri, api: where.load.ready.api });
    const { bytes } = await standing(where, bot, kind.script, HALF_WAY);
    await warm(where, bot, options);
    bots.push({ ...bot, bytes });
  }
  return bots;
};

const judge = async (load: Load, bots: readonly Bot[], { declaring, seed }: Options) => {
  const verdicts: Judged[] = [];
  for (const bot of bots.filter(({ judged }) => judged)) {
    for (const manner of ['turn', 'burst'] as const) {
      const args = { manner, chats: declaring, questions: QUESTIONS, seed };
      verdicts.push({ bot: bot.name, manner, ...(await check(load, bot, args)) });
    }
  }
  return verdicts;
};

/** All bots beside each other: how fast, and how right. */
export const compare = async (where: Where, uri: string, options: Options): Promise<Compared> => {
  if (KINDS.some(({ name, peer }) => peer && (options.only.length === 0 || options.only.includes(name))))
    await install();
  const bots = await startAll(where, uri, options);
  const speeds: Speed[] = [];
  for (const chats of options.chats) {
    process.stdout.write(`measuring with ${round(chats)} at once\n`);
    speeds.push(...(await race(where, bots, chats, options)));
  }
  const verdicts = await judge(where.load, bots, options);
  const peers = new Set(bots.filter(({ peer }) => peer).map(({ name }) => name));
  const ratios = options.chats.flatMap((chats) => ratioAt(speeds, peers, chats) ?? []);
  for (const bot of bots) await bot.end();
  await where.server.drop(bots.map(({ database }) => database));
  return { speeds, verdicts, ratios, sizes: bots.map(({ name: bot, bytes }) => ({ bot, bytes })) };
};

/** Every table by the name of its place on the page. */
export const comparedTables = ({ speeds, verdicts, ratios, sizes }: Compared) => ({
  speed: [...new Set(speeds.map(({ chats }) => chats))]
    .map((chats) => speedTable(speeds.filter((speed) => speed.chats === chats)))
    .join('\n\n'),
  right: verdictTable(verdicts),
  size: table(
    ['bot', 'bytes of a chat at question 6'],
    sizes.filter(({ bytes }) => bytes > 0).map(({ bot, bytes }) => [bot, round(bytes)]),
  ),
  targets: [...ratioLines(ratios), safeLine(verdicts), ...boundLines(ratios), foreignLine(speeds)]
    .map((line) => `- ${line}`)
    .join('\n'),
});
