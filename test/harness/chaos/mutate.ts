import { spawn } from 'node:child_process';
import { cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));

/** One safeguard, taken out by the change of one piece of text. */
export interface Mutation {
  readonly name: string;
  readonly file: string;
  readonly from: string;
  readonly to: string;
}

export interface Proof {
  /** What is said to the harness. */
  readonly run: readonly string[];
  readonly mutations: readonly Mutation[];
  /** A part of the name of those that are tried. */
  readonly only: string | undefined;
}

/** The same run, once with everything in its place: what fails here would prove nothing there. */
const CONTROL = 'nothing taken out';

/** What a copy can do without: what is linked, what is built anew, what is nobody's source. */
const LEFT_OUT = new Set(['node_modules', 'dist', '.git', '.data', '.cache', 'coverage']);

const copy = async (to: string): Promise<void> => {
  const filter = (path: string) => !LEFT_OUT.has(basename(path));
  await cp(ROOT, to, { recursive: true, filter, preserveTimestamps: true });
  await symlink(join(ROOT, 'node_modules'), join(to, 'node_modules'));
};

const mutate = async (root: string, { name, file, from, to }: Mutation): Promise<void> => {
  const path = join(root, file);
  const source = await readFile(path, 'utf8');
  if (source.split(from).length !== 2) throw new Error(`${name}: ${file} has changed, find the place anew`);
  await writeFile(path, source.replace(from, to));
};

/** The exit code of a short run, its last line, the first thing it complains of, and all it said. */
const runIn = async (root: string, flags: readonly string[]) => {
  const child = spawn(process.execPath, ['tools/harness.mjs', ...flags], {
    cwd: root,
    env: { ...process.env, TMPDIR: root }, // what a run leaves that finds something goes with the copy
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = new Promise<number | null>((resolve) => child.on('exit', resolve));
  const [said, complained] = await Promise.all([text(child.stdout), text(child.stderr)]);
  const code = await ended;
  const lines = said.trimEnd().split('\n');
  const line = lines.at(-1) ?? '';
  const first = lines.find((each) => each.startsWith('  ') && !each.includes(' kills, ')) ?? '';
  return { code, line, first, whole: said + complained };
};

/** What came of a run. One that broke off has caught nothing, and those after it are tried all the same. */
type Outcome = 'found wrong' | 'nothing found' | 'broke off';

const outcomeOf = async (run: readonly string[], name: string, mutation?: Mutation): Promise<Outcome> => {
  const root = await mkdtemp(join(tmpdir(), 'khaibao-mutation-'));
  try {
    await copy(root);
    if (mutation !== undefined) await mutate(root, mutation);
    const { code, line, first, whole } = await runIn(root, run);
    const broke = !line.startsWith('kills ');
    const outcome = broke ? 'broke off' : code === 0 ? 'nothing found' : 'found wrong';
    const said = broke ? [whole] : [`  ${line}`, first];
    process.stdout.write(`${[`${name}: ${outcome}`, ...said].filter((each) => each !== '').join('\n')}\n`);
    return outcome;
  } finally {
    await rm(root, { recursive: true, force: true });
  }
};

/** Runs with each safeguard taken out; whether the checker found something wrong each time, and nothing before. */
export const prove = async ({ run, mutations, only }: Proof): Promise<boolean> => {
  const wanted = mutations.filter(({ name }) => only === undefined || name.includes(only));
  if (wanted.length === 0) throw new Error(`there are: ${mutations.map(({ name }) => name).join(', ')}`);
  const alright = (await outcomeOf(run, CONTROL)) === 'nothing found';
  let caught = 0;
  for (const mutation of wanted)
    if ((await outcomeOf(run, mutation.name, mutation)) === 'found wrong') caught += 1;
  process.stdout.write(
    `${caught} of ${wanted.length} caught; ${CONTROL}: ${alright ? 'passed' : 'FAILED'}\n`,
  );
  return alright && caught === wanted.length;
};
