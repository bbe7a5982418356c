import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@jest/globals';
import { type Armed, createInstance } from '../harness/chaos/fleet.ts';

const ENTRY = fileURLToPath(new URL('../harness/chaos/stopping.mjs', import.meta.url));
const AT: Armed = { name: 'outbox-claimed', point: 'outbox-claimed', passes: 3, delay: 0 };

test.each<[string, Partial<Armed>, readonly string[]]>([
  ['dies there', {}, ['crashed outbox-claimed', 'dead']],
  [
    'stops there, and goes on when it may',
    { stops: true },
    ['stopped outbox-claimed', 'stopped', 'false', 'true', 'ended 0'],
  ],
])(
  'a process that is armed %s',
  async (_, more, wanted) => {
    const folder = await mkdtemp(join(tmpdir(), 'khaibao-stops-'));
    const seen: string[] = [];
    const instance = createInstance({
      env: {},
      entry: ENTRY,
      logFile: join(folder, 'log'),
      onCrash: (name) => seen.push(`crashed ${name}`),
      onStop: (name) => seen.push(`stopped ${name}`),
      onEnd: (how) => seen.push(`ended ${how}`),
    });
    try {
      expect(await instance.start({ ...AT, ...more }, true)).toBe(true);
      const came = await instance.halts(60_000);
      seen.push(came);
      if (came === 'stopped') {
        seen.push(String(await instance.died(200)));
        instance.resume();
        seen.push(String(await instance.died(60_000)));
      }
      expect([...seen].sort()).toEqual([...wanted].sort());
    } finally {
      await instance.end();
      await rm(folder, { recursive: true, force: true });
    }
  },
  120_000,
);
