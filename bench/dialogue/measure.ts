import { cpus } from 'node:os';
import { setTimeout as pause } from 'node:timers/promises';
import type { Bot, Usage } from './bots.ts';
import type { Target } from './crowd.ts';
import type { Child } from './ipc.ts';
import type { BeginArgs, Measured } from './load.ts';
import type { Server } from './server.ts';

export type Load = Child<{ readonly api: string }>;

/** One measurement, by update where it says so; times in ms. */
export interface Round extends Measured {
  readonly rate: number;
  readonly botCpu: number;
  readonly serverCpu: number;
  readonly loadCpu: number;
  readonly commands: number;
  readonly operations: number;
  /** The part of the machine that other programs took meanwhile; 0 on a quiet one. */
  readonly foreign: number;
  /** Resident memory of the bot's processes, bytes. */
  readonly rss: number;
  /** Commits that went into one write; of ours only. */
  readonly batch?: number;
}

interface Sample {
  readonly usage: readonly Usage[];
  readonly work: Awaited<ReturnType<Server['work']>>;
  readonly machine: { readonly busy: number; readonly all: number };
}

/** Processor time of the whole machine since it was started, ms. */
const machineTime = (): Sample['machine'] => {
  const times = cpus().map(({ times: each }) => each);
  const all = times.reduce((sum, { user, nice, sys, irq, idle }) => sum + user + nice + sys + irq + idle, 0);
  return { all, busy: all - times.reduce((sum, { idle }) => sum + idle, 0) };
};

const millis = ({ user, system }: NodeJS.CpuUsage): number => (user + system) / 1_000;
const total = (usage: readonly Usage[], of: (each: Usage) => number): number =>
  usage.reduce((sum, each) => sum + of(each), 0);

export const targetOf = (bots: readonly Bot[], balance?: Target['balance']): Target => ({
  hooks: bots.map(({ child }) => child.ready.hook),
  protocol: bots[0]?.protocol ?? 'telegram',
  ...(balance && { balance }),
});

export interface Where {
  readonly load: Load;
  readonly server: Server;
}

const sample = async ({ server }: Where, bots: readonly Bot[]): Promise<Sample> => ({
  usage: await Promise.all(bots.map(({ child }) => child.ask<Usage>('usage'))),
  work: await server.work(),
  machine: machineTime(),
});

const roundOf = (measured: Measured, before: Sample, after: Sample): Round => {
  const { updates, seconds } = measured;
  const each = (amount: number): number => amount / Math.max(1, updates);
  const grew = (of: (usage: Usage) => number): number => total(after.usage, of) - total(before.usage, of);
  const batches = grew((usage) => usage.batches ?? 0);
  const own = grew(({ cpu }) => millis(cpu)) + after.work.cpu - before.work.cpu + measured.cpu;
  const busy = after.machine.busy - before.machine.busy;
  return {
    ...measured,
    rate: updates / seconds,
    botCpu: each(grew(({ cpu }) => millis(cpu))),
    serverCpu: each(after.work.cpu - before.work.cpu),
    loadCpu: each(measured.cpu),
    commands: each(after.work.commands - before.work.commands),
    operations: each(after.work.operations - before.work.operations),
    foreign: Math.max(0, (busy - own) / Math.max(1, after.machine.all - before.machine.all)),
    rss: total(after.usage, ({ rss }) => rss),
    ...(batches > 0 && { batch: grew((usage) => usage.batched ?? 0) / batches }),
  };
};

export interface RoundArgs extends Omit<BeginArgs, 'target'> {
  readonly balance?: Target['balance'];
  readonly warmUp: number;
  readonly measure: number;
}

/** Lets so many people talk to a bot for a while: a closed loop, each says the next when the last was answered. */
export const measure = async (
  where: Where,
  bots: readonly Bot[],
  { balance, warmUp, measure: ms, ...args }: RoundArgs,
): Promise<Round> => {
  await where.load.ask('begin', { ...args, target: targetOf(bots, balance) });
  await pause(warmUp);
  const before = await sample(where, bots);
  await where.load.ask('mark');
  await pause(ms);
  const stopping = where.load.ask<Measured>('end');
  const after = await sample(where, bots);
  return roundOf(await stopping, before, after);
};
