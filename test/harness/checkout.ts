/** A small checkout of its own with the real tools in it, for tests of what `npm start` does before it starts. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdir, mkdtemp, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { text } from 'node:stream/consumers';

export interface Checkout {
  readonly dir: string;
  /** Writes a file below it. */
  write(name: string, content: string): Promise<void>;
  start(args: readonly string[], options?: StartOptions): Started;
  remove(): Promise<void>;
}

interface StartOptions {
  readonly env?: Record<string, string>;
  readonly program?: string;
}

export interface Started {
  readonly child: ChildProcess;
  /** What it printed, both ways, and how it ended. */
  readonly ended: Promise<{ readonly out: string; readonly said: string; readonly code: number | null }>;
}

const PACKAGE = {
  name: 'small',
  type: 'module',
  engines: { node: '>=20.0.0' },
  scripts: { start: 'exec node --max-semi-space-size=32 tools/run.mjs start' },
};
const CLI = `export async function run(args: string[]): Promise<void> {
  process.stdout.write(\`ran \${args.join(' ')}\\n\`);
}
`;

/** With the libraries of this repository, as if they had been installed from its lock file. */
export async function smallCheckout(): Promise<Checkout> {
  const dir = await mkdtemp(join(tmpdir(), 'khaibao-checkout-'));
  const write = (name: string, content: string) => writeFile(join(dir, name), content);
  for (const folder of ['src', 'bots', 'flows', 'jobs', 'locales', 'web']) await mkdir(join(dir, folder));
  await cp('tools', join(dir, 'tools'), { recursive: true });
  await cp('tsconfig.json', join(dir, 'tsconfig.json'));
  await cp('tsconfig.build.json', join(dir, 'tsconfig.build.json'));
  await symlink(resolve('node_modules'), join(dir, 'node_modules'));
  await write('package.json', JSON.stringify(PACKAGE));
  await write('src/cli.ts', CLI);
  await write('package-lock.json', '{}');
  await utimes(join(dir, 'package-lock.json'), 1, 1); // older than what is installed
  return { dir, write, start: starter(dir), remove: () => rm(dir, { recursive: true, force: true }) };
}

function starter(dir: string): Checkout['start'] {
  return (args, { env = {}, program = process.execPath } = {}) => {
    const child = spawn(program, args, {
      cwd: dir,
      env: { ...process.env, MONGODB_URI: 'mongodb://127.0.0.1:1/', ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const ended = Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
    return { child, ended: ended.then(([out, said, [code]]) => ({ out, said, code })) };
  };
}
