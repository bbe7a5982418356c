import { availableParallelism } from 'node:os';
import type { Verdict } from './check.ts';
import { median } from './figures.ts';
import type { Speed } from './speed.ts';
import { round, table } from './table.ts';

export const speedTable = (speeds: readonly Speed[]): string =>
  table(
    [
      'bot',
      'chats',
      'updates/s',
      'rounds',
      'reply p50 ms',
      'p99 ms',
      '2xx p50 ms',
      'p99 ms',
      'both p50 ms',
      'p99 ms',
      'bot CPU ms',
      'mongod CPU ms',
      'commands',
      'operations',
      'commits a write',
      'rss MB',
    ],
    speeds.map((speed) => [
      speed.bot,
      round(speed.chats),
      round(speed.rate),
      `${round(speed.slowest)}–${round(speed.fastest)}`,
      round(speed.reply.p50, 1),
      round(speed.reply.p99, 1),
      round(speed.ack.p50, 1),
      round(speed.ack.p99, 1),
      round(speed.both.p50, 1),
      round(speed.both.p99, 1),
      round(speed.botCpu, 2),
      round(speed.serverCpu, 2),
      round(speed.commands, 2),
      round(speed.operations, 2),
      speed.batch === undefined ? '' : round(speed.batch, 1),
      round(speed.rss / 1_048_576),
    ]),
  );

/** A verdict, and whose and of which test it is. */
export interface Judged extends Verdict {
  readonly bot: string;
  readonly manner: string;
}

export const verdictTable = (verdicts: readonly Judged[]): string =>
  table(
    [
      'bot',
      'manner',
      'answers',
      'delivered twice',
      'lost',
      'doubled',
      'reordered',
      'right declarations',
      'replies missing',
      'replies twice',
      'not taken',
    ],
    verdicts.map((each) => [
      each.bot,
      each.manner,
      round(each.answers),
      each.twice,
      each.lost,
      each.doubled,
      each.reordered,
      `${each.right} of ${each.chats}`,
      each.repliesMissing,
      each.repliesTwice,
      each.refused,
    ]),
  );

/** What was wanted: so many times the fastest of the others. */
const TARGETS: ReadonlyMap<number, number> = new Map([
  [1, 1.5],
  [64, 5],
  [1_000, 5],
]);

/** Our p99 (ms) beside the lowest among the others, and whose that is. */
interface Beside {
  readonly ours: number;
  readonly best: number;
  readonly peer: string;
}

export interface Ratio {
  readonly chats: number;
  readonly peer: string;
  readonly times: number;
  readonly target: number | undefined;
  /** Until an update is answered and known to be stored; and until its reply alone. */
  readonly both: Beside;
  readonly reply: Beside;
  /** Processor time of one of our updates (ms), in all three processes. */
  readonly cost: { readonly bot: number; readonly mongod: number; readonly people: number };
  /** How many times the fastest peer, if all processors did nothing but our updates. */
  readonly most: number;
}

const beside = (ours: Speed, others: readonly Speed[], of: 'both' | 'reply'): Beside => {
  const best = others.reduce((low, each) => (each[of].p99 < low[of].p99 ? each : low));
  return { ours: ours[of].p99, best: best[of].p99, peer: best.bot };
};

/** Of what was measured in this run; undefined where no other bot was. */
export const ratioAt = (
  speeds: readonly Speed[],
  peers: ReadonlySet<string>,
  chats: number,
): Ratio | undefined => {
  const here = speeds.filter((speed) => speed.chats === chats);
  const ours = here.find(({ bot }) => bot === 'khaibao');
  const others = here.filter(({ bot }) => peers.has(bot));
  const fastest = others.toSorted((a, b) => b.rate - a.rate)[0];
  if (ours === undefined || fastest === undefined) return undefined;
  const cost = { bot: ours.botCpu, mongod: ours.serverCpu, people: ours.loadCpu };
  return {
    chats,
    peer: fastest.bot,
    times: ours.rate / fastest.rate,
    target: TARGETS.get(chats),
    both: beside(ours, others, 'both'),
    reply: beside(ours, others, 'reply'),
    cost,
    most: (availableParallelism() * 1_000) / (cost.bot + cost.mongod + cost.people) / fastest.rate,
  };
};

const reached = (yes: boolean): string => (yes ? 'reached' : 'NOT reached');

const besideLine = (what: string, { ours, best, peer }: Beside): string =>
  `p99 ${what} ${round(ours, 1)} ms, best peer ${peer} ${round(best, 1)} ms (no worse: ${reached(ours <= best)})`;

export const ratioLines = (ratios: readonly Ratio[]): readonly string[] =>
  ratios.map(({ chats, peer, times, target, both, reply }) => {
    const goal = target === undefined ? '' : ` (target ${target}: ${reached(times >= target)})`;
    const speed = `${round(times, 2)} times the fastest peer, ${peer}${goal}`;
    const late = [besideLine('answered and stored', both), besideLine('of the reply alone', reply)];
    return [`${round(chats)} ${chats === 1 ? 'chat' : 'chats'}: ${speed}`, ...late].join('; ');
  });

/** What the machine itself allows: the bot, the database and the people share its processors. One chat only waits. */
export const boundLines = (ratios: readonly Ratio[]): readonly string[] =>
  ratios
    .filter(({ chats }) => chats > 1)
    .map(({ chats, cost: { bot, mongod, people }, most }) => {
      const each = `khaibao ${round(bot, 2)} + mongod ${round(mongod, 2)} + the people ${round(people, 2)} ms of processor an update`;
      const all = `${availableParallelism()} processors, never idle, would make ${round(most, 2)} times the fastest peer of that`;
      return `${round(chats)} chats: ${each}; ${all}`;
    });

/** Whether the figures can be believed: what else went on. */
export const foreignLine = (speeds: readonly Speed[]): string => {
  const shares = speeds.map(({ foreign }) => foreign * 100);
  return `Other programs took ${round(median(shares))} % of the machine meanwhile (at worst ${round(Math.max(...shares))} %).`;
};

export const safeLine = (verdicts: readonly Judged[]): string => {
  const ours = verdicts.filter(({ bot }) => bot === 'khaibao');
  const wrong = ours.reduce((sum, { lost, doubled, reordered }) => sum + lost + doubled + reordered, 0);
  const all = ours.reduce((sum, { answers }) => sum + answers, 0);
  return `khaibao: ${wrong} of ${round(all)} answers lost, doubled or reordered (target none: ${reached(wrong === 0)})`;
};
