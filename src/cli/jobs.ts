import { Command } from 'commander';
import { openJobs } from '../app/jobs.ts';
import { latestRules } from '../services/risk/rules.ts';
import { shippedRules } from '../services/risk/shipped.ts';
import { runTick } from '../services/ticks/run.ts';
import { type Did, NOT_DUE, nextRun, type Tick } from '../services/ticks/tick.ts';
import type { TickDoc } from '../store/ticks.ts';
import type { CliParts, RunWith } from './parts.ts';
import { CommandProblem } from './problem.ts';
import { writeTime } from './read.ts';
import { table } from './table.ts';

const ticksFor = async (parts: CliParts): Promise<readonly Tick[]> => {
  const rules = (await latestRules(parts.database.collections.rules))?.rules ?? shippedRules();
  const areaOf = (code: string): string => parts.gazetteer.get(code)?.path ?? code;
  return openJobs({ ...parts, rules: () => rules, areaOf }).ticks;
};

const howItWent = ({ endedAt, fault }: Partial<TickDoc>): string => {
  if (fault !== undefined) return `failed: ${fault}`;
  return endedAt === undefined ? 'never' : writeTime(endedAt.getTime());
};

/** The ticks with their time, when each last ended well and when it comes next. */
const jobsList = async (parts: CliParts): Promise<string> => {
  const rows = await parts.database.collections.ticks.find().toArray();
  const lines = (await ticksFor(parts)).map((tick) => [
    tick.name,
    tick.cron,
    howItWent(rows.find(({ _id }) => _id === tick.name) ?? {}),
    writeTime(nextRun(tick, parts.now)),
  ]);
  return table(['name', 'when', 'last', 'next'], lines);
};

const whatItDid = (tick: Tick, did: Did, now: number): string => {
  const { name } = tick;
  if (did === NOT_DUE) return `Nothing was due: ${name} comes at ${writeTime(nextRun(tick, now))}.`;
  if (did === undefined) return `${name} has run.`;
  return did === 0 ? `${name} has run: nothing was due.` : `${name} has run, and dealt with ${did}.`;
};

/** Runs one by hand; the server may do so at the same time. */
const jobsRun = async (parts: CliParts, name: string): Promise<string> => {
  const tick = (await ticksFor(parts)).find((one) => one.name === name);
  if (tick === undefined) throw new CommandProblem(`No job is called "${name}": see \`khaibao jobs list\`.`);
  const longest = Number.POSITIVE_INFINITY; // whoever runs it waits for it, and ends with it
  const did = await runTick({ collections: parts.database.collections, now: () => parts.now, longest }, tick);
  return whatItDid(tick, did, parts.now);
};

/** `khaibao jobs list|run` */
export const jobsCommand = (run: RunWith): Command => {
  const jobs = new Command('jobs').description('what runs by the clock');
  jobs
    .command('list')
    .description('the jobs, when each last ended and when it comes next')
    .action(() => run(jobsList));
  jobs
    .command('run <name>')
    .description('run one now')
    .action((name: string) => run((parts) => jobsRun(parts, name)));
  return jobs;
};
