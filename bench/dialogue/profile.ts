import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { KHAIBAO, startBot } from './bots.ts';
import { measure, type Where } from './measure.ts';
import type { Options } from './options.ts';
import { round, table } from './table.ts';
import { AT_ONCE, warm } from './warm.ts';

interface Node {
  readonly id: number;
  readonly callFrame: { readonly functionName: string; readonly url: string };
  readonly children?: readonly number[];
}

interface Profile {
  readonly nodes: readonly Node[];
  readonly samples: readonly number[];
  readonly timeDeltas: readonly number[];
}

/** Where the time of one process went, by who caused it; shares of the time in which it did anything. */
export interface Share {
  readonly group: string;
  readonly share: number;
}

const PACKAGE = /node_modules\/((?:@[^/]+\/)?[^/]+)\//g;

/** Whose a function is: a package, a room of ours, or Node's own. Undefined: whoever called it. */
const ownerOf = ({ callFrame: { functionName, url } }: Node): string | undefined => {
  if (functionName === '(garbage collector)') return 'garbage collection';
  if (functionName === '(program)') return 'system calls and native code';
  if (functionName === '(idle)') return 'idle';
  const packages = [...url.matchAll(PACKAGE)];
  const last = packages.at(-1)?.[1];
  if (last !== undefined) return last;
  return /\/((?:src|bots|bench)\/[\w-]+)\//.exec(url)?.[1];
};

/** What Node does for nobody in particular. */
const NODES = 'node (sockets, HTTP, timers)';

/** Time by owner: what Node's own functions take counts for the one that called them, where there is one. */
const sharesOf = ({ nodes, samples, timeDeltas }: Profile): readonly Share[] => {
  const spent = new Map<number, number>();
  for (const [at, id] of samples.entries()) spent.set(id, (spent.get(id) ?? 0) + (timeDeltas[at] ?? 0));
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const groups = new Map<string, number>();
  const walk = (id: number, caller: string): void => {
    const node = byId.get(id);
    if (node === undefined) return;
    const owner = ownerOf(node) ?? caller;
    groups.set(owner, (groups.get(owner) ?? 0) + (spent.get(id) ?? 0));
    for (const child of node.children ?? []) walk(child, owner);
  };
  walk(nodes[0]?.id ?? 0, NODES);
  groups.delete('idle');
  const all = [...groups.values()].reduce((sum, each) => sum + each, 0);
  return [...groups]
    .map(([group, time]) => ({ group, share: time / all }))
    .toSorted((a, b) => b.share - a.share);
};

const SHOWN = 20;

/** Lets 64 chats (or the one number that is given) talk to khaibao with Node's profiler on, and says where its time went. */
export const profile = async (
  where: Where,
  uri: string,
  dir: string,
  options: Options,
): Promise<readonly Share[]> => {
  const { warmUp, measure: ms } = options;
  const [chats = AT_ONCE, ...others] = options.chats;
  const flags = ['--cpu-prof', `--cpu-prof-dir=${dir}`];
  const bot = await startBot(KHAIBAO, { uri, api: where.load.ready.api, flags });
  const { script } = bot;
  await warm(where, bot, options);
  await measure(where, [bot], { chats: others.length > 0 ? AT_ONCE : chats, script, warmUp, measure: ms });
  await bot.end();
  await where.server.drop([bot.database]);
  return sharesOf(await readOf(dir, bot.child.pid));
};

/** Every thread leaves a profile; that of the program itself is by far the largest. */
const readOf = async (dir: string, pid: number): Promise<Profile> => {
  const names = (await readdir(dir)).filter((name) => name.includes(`.${pid}.`));
  const texts = await Promise.all(names.map((name) => readFile(join(dir, name), 'utf8')));
  const [largest] = texts.toSorted((a, b) => b.length - a.length);
  if (largest === undefined) throw new Error(`no profile in ${dir}`);
  return JSON.parse(largest) as Profile;
};

export const profileTable = (shares: readonly Share[]): string =>
  table(
    ['who', 'share of the busy time'],
    shares.slice(0, SHOWN).map(({ group, share }) => [group, `${round(share * 100, 1)} %`]),
  );
