import { once } from 'node:events';
import { readFile, rm, stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { startOf } from '../../tools/processes.mjs';
import { isOlder } from '../../tools/setup.mjs';
import { type Checkout, smallCheckout } from '../harness/checkout.ts';

let checkout: Checkout;
beforeAll(async () => {
  checkout = await smallCheckout();
});
afterAll(() => checkout.remove());

const run = (...args: string[]) => checkout.start(['tools/run.mjs', ...args]).ended;

const timeOf = async (work: () => Promise<unknown>): Promise<number> => {
  const began = performance.now();
  await work();
  return performance.now() - began;
};

describe('a command', () => {
  test('is built, then run with its arguments; the second time it is only run', async () => {
    expect(await run('chat', '--lang', 'vi')).toMatchObject({ out: 'ran chat --lang vi\n', code: 0 });
    const built = await stat(join(checkout.dir, 'dist', 'src', 'cli.js'));
    let more = Number.POSITIVE_INFINITY;
    // On a busy machine it takes Node alone long to start, and one of the two may have had to wait: five times it has not.
    for (let n = 0; n < 5 && more >= 1_500; n += 1) {
      const bare = await timeOf(() => checkout.start(['--eval', '']).ended);
      const whole = await timeOf(async () => {
        expect(await run('start')).toEqual({ out: 'ran start\n', said: '', code: 0 });
      });
      more = whole - 10 * bare;
    }
    expect(more).toBeLessThan(1_500);
    expect((await stat(join(checkout.dir, 'dist', 'src', 'cli.js'))).mtimeMs).toBe(built.mtimeMs);
  });

  test('is built anew when a source has changed or is gone', async () => {
    await checkout.write('src/more.ts', 'export const a = 1;\n');
    expect((await run('start')).said).toContain('building');
    expect(await readFile(join(checkout.dir, 'dist', 'src', 'more.js'), 'utf8')).toContain('a = 1');
    await rm(join(checkout.dir, 'src', 'more.ts'));
    expect((await run('start')).said).toContain('building');
    await expect(stat(join(checkout.dir, 'dist', 'src', 'more.js'))).rejects.toThrow('ENOENT');
  });

  test('does not run when the sources do not compile; the compiler is heard, the last build stays', async () => {
    await checkout.write('src/wrong.ts', 'export const a: number = "one";\n');
    const { out, said, code } = await run('start');
    expect({ out, code }).toEqual({ out: '', code: 1 });
    expect(said).toContain('src/wrong.ts(1,14): error TS2322');
    await stat(join(checkout.dir, 'dist', 'src', 'cli.js'));
    await rm(join(checkout.dir, 'src', 'wrong.ts'));
  });

  test('needs a Node.js that is new enough, and says which', async () => {
    const manifest = await readFile(join(checkout.dir, 'package.json'), 'utf8');
    await checkout.write('package.json', manifest.replace('>=20.0.0', '>=99.1'));
    const { said, code } = await run('start');
    await checkout.write('package.json', manifest);
    expect(code).toBe(1);
    expect(said).toBe(
      `khaibao: Node.js 99.1 or newer is needed and this is ${process.versions.node}: install a newer one.\n`,
    );
  });

  test.each<[NodeJS.Signals]>([['SIGTERM'], ['SIGINT']])(
    'gets the %s that npm start gets',
    async (signal) => {
      await checkout.write('src/cli.ts', WAITING);
      const { child, ended } = checkout.start(['start', '--silent'], { program: 'npm' });
      const [line] = await once(child.stdout ?? child, 'data');
      child.kill(signal);
      expect((await ended).out).toContain(`ended by ${signal}`);
      expect(startOf(Number(line))).toBeUndefined();
    },
  );
});

/** Says who it is when it is ready for signals. */
const WAITING = `export async function run(): Promise<void> {
  const wait = setInterval(() => undefined, 1000);
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => {
    process.stdout.write(\`ended by \${signal}\\n\`);
    clearInterval(wait);
  });
  process.stdout.write(\`\${process.pid}\\n\`);
}
`;

describe('the libraries', () => {
  /** An npm that only takes notes: how often it ran, and, so that it can be ended, who it is. */
  const NPM = `import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs';
appendFileSync('runs', process.argv.slice(2).join(' ') + ' ' + process.pid + '\\n');
await new Promise((resolve) => setTimeout(resolve, Number(process.env.NPM_TAKES ?? 0)));
if (process.env.NPM_FAILS) { console.error('npm error no such package'); process.exit(1); }
mkdirSync('node_modules', { recursive: true });
writeFileSync('node_modules/.package-lock.json', '{}');
`;
  const SET_UP = `import('./tools/setup.mjs').then((it) => it.afterSetUp({}, async () => console.log('ready')))`;

  let bare: Checkout;
  beforeAll(async () => {
    bare = await smallCheckout();
    await rm(join(bare.dir, 'node_modules'));
    await bare.write('npm.js', NPM);
  });
  afterAll(() => bare.remove());

  const setUp = (env: Record<string, string> = {}) =>
    bare.start(['--eval', SET_UP], { env: { npm_execpath: join(bare.dir, 'npm.js'), ...env } });
  const runs = async () => (await readFile(join(bare.dir, 'runs'), 'utf8')).trim().split('\n');

  test('that npm cannot install are a sentence with what npm said', async () => {
    const { out, said, code } = await setUp({ NPM_FAILS: '1' }).ended;
    expect({ out, code }).toEqual({ out: '', code: 1 });
    expect(said).toMatch(/could not be installed; npm said:\nnpm error no such package\n$/);
  });

  test('are not left half-way by a signal: npm ends too', async () => {
    const { child, ended } = setUp({ NPM_TAKES: '60000' });
    await until(async () => (await runs()).length === 2);
    child.kill('SIGTERM');
    await ended;
    expect(child.signalCode).toBe('SIGTERM');
    const npm = Number((await runs())[1]?.split(' ').at(-1));
    await until(async () => startOf(npm) === undefined);
  });

  test('are installed once by two starts at the same moment', async () => {
    const both = await Promise.all([setUp({ NPM_TAKES: '300' }).ended, setUp({ NPM_TAKES: '300' }).ended]);
    expect(both.map(({ out }) => out)).toEqual(['ready\n', 'ready\n']);
    expect(await runs()).toHaveLength(3);
  });

  test('are installed again for a changed lock file, and not for one that is only newer', async () => {
    const lock = join(bare.dir, 'package-lock.json');
    await utimes(lock, new Date(), new Date());
    await setUp().ended;
    expect(await runs()).toHaveLength(3);
    await bare.write('package-lock.json', '{"changed":true}');
    await setUp().ended;
    expect(await runs()).toHaveLength(4);
  });
});

async function until(done: () => Promise<boolean>): Promise<void> {
  while (!(await done())) await new Promise((resolve) => setTimeout(resolve, 20));
}

test.each([
  ['20.19.0', '20.19', false],
  ['20.18.9', '20.19', true],
  ['22.0.0', '20.19', false],
  ['9.0.0', '20.19.0', true],
])('%s is older than %s: %s', (one, other, older) => {
  expect(isOlder(one, other)).toBe(older);
});
