/**
 * The same declaration of ten questions through khaibao and through the bots of others: how many updates a second,
 * how long a reply takes, what it costs, and how many answers are lost, doubled or out of their order.
 * `npm run bench -- dialogue [--quick] [--grow | --profile DIR] [--json FILE] [--chart FILE] [--page FILE]`;
 * docs/benchmarks.md tells what is compared.
 */
import { writeFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { join } from 'node:path';
import { privateMongod } from '../test/harness/mongo.ts';
import { chart } from './dialogue/chart.ts';
import { type Compared, compare, comparedTables } from './dialogue/compare.ts';
import { grow } from './dialogue/grow.ts';
import { type Grown, growTables } from './dialogue/grow-tables.ts';
import { startChild } from './dialogue/ipc.ts';
import type { Where } from './dialogue/measure.ts';
import { readOptions } from './dialogue/options.ts';
import { type Blocks, fillPage } from './dialogue/page.ts';
import { profile, profileTable } from './dialogue/profile.ts';
import { openServer } from './dialogue/server.ts';

interface Found {
  readonly figures: Compared | Grown | object;
  readonly blocks: Blocks;
  readonly svg?: string;
}

const options = readOptions(process.argv.slice(2));
const date = new Date().toISOString().slice(0, 10);
const note = (line: string): void => void process.stdout.write(`${line}\n\n`);

const run = async (where: Where, uri: string, machine: string): Promise<Found> => {
  if (options.grow) {
    const figures = await grow({ ...where, uri, options, note });
    return { figures, blocks: { 'grow-machine': machine, ...growTables(figures) } };
  }
  if (options.profile !== undefined) {
    const shares = await profile(where, uri, options.profile, options);
    return { figures: { shares }, blocks: { 'profile-machine': machine, profile: profileTable(shares) } };
  }
  const figures = await compare(where, uri, options);
  const blocks = { machine, ...comparedTables(figures) };
  return { figures, blocks, svg: chart(figures.speeds, date) };
};

const given = process.env.MONGODB_URI;
const own = given === undefined ? await privateMongod() : undefined;
const uri = own?.uri ?? given ?? '';
const server = await openServer(uri);
const flags = ['--import', './tools/typescript.mjs'];
const load = await startChild<{ readonly api: string }>(join(import.meta.dirname, 'dialogue', 'load.ts'), {
  flags,
});
const stop = async (): Promise<void> => {
  await load.end();
  await server.close();
  await own?.stop();
};
// The bots end by themselves when this process is gone; the database's files must be put away.
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, () => void stop().finally(() => process.exit(1)));
try {
  const rounds = `${options.rounds} rounds of ${options.measure / 1_000} s`;
  const before = loadavg().map((each) => each.toFixed(2));
  const machine = `${date}: ${cpus().length} processors (${cpus()[0]?.model.trim()}), Node ${process.versions.node}, mongod ${server.version}, ${rounds}; load average before: ${before.join(', ')}.`;
  note(machine);
  const { figures, blocks, svg } = await run({ load, server }, uri, machine);
  for (const block of Object.values(blocks).slice(1)) note(block);
  if (options.json)
    writeFileSync(options.json, `${JSON.stringify({ machine, options, ...figures }, null, 2)}\n`);
  if (options.chart && svg) writeFileSync(options.chart, svg);
  if (options.page) fillPage(options.page, blocks);
} finally {
  await stop();
}
