import { type ChildProcess, spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, test } from '@jest/globals';
import { CRASH_POINTS } from '../harness/chaos/lives.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** On two cores that do nothing else some 90 s, at the end of them 20 in which the last crash's messages come. */
const WITHIN = 400_000;

/** The same at every run; another one by CHAOS_SEED. */
const SEED = process.env.CHAOS_SEED ?? '2026';
const KILLS = 50;

/** Minutes on a busy machine: by hand and at night (`CHAOS=1 npm test -- test/chaos`) until its time is known to hold. */
const byHand = process.env.CHAOS === undefined ? test.skip : test;

let run: ChildProcess | undefined;
afterAll(() => {
  run?.kill(); // a run that took too long must not go on without us
});

byHand(
  `servers and database killed ${KILLS} times: nothing said is lost, doubled or out of order`,
  async () => {
    const flags = ['dialogue', '--kills', String(KILLS), '--seed', SEED, '--chats', '20'];
    const child = spawn(process.execPath, ['tools/harness.mjs', ...flags], {
      cwd: ROOT,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    run = child;
    const ended = new Promise<number | null>((resolve) => child.on('exit', resolve));
    const [said, complained] = await Promise.all([text(child.stdout), text(child.stderr)]);

    const whole = `${said}${complained}`;
    expect(whole).toMatch(/^kills \d+, updates \d+, lost 0, doubled 0, reordered 0, replies twice \d+/m);
    expect(whole).toMatch(/alerts missing 0, alerts doubled 0 \(seed \d+, \d+ s\)$/m);
    expect(Number(/^kills (\d+)/m.exec(said)?.[1])).toBeGreaterThanOrEqual(KILLS);
    for (const point of CRASH_POINTS) expect(whole).toMatch(new RegExp(`\\b${point} [1-9]`));
    expect(await ended).toBe(0);
  },
  WITHIN,
);
