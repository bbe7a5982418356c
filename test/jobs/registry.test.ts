import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { ticksOf } from '../../jobs/index.ts';
import type { JobParts } from '../../jobs/parts.ts';
import { nextRun } from '../../src/services/ticks/tick.ts';
import { projectRoot } from '../../src/store/root.ts';
import { NOW } from '../harness/talk.ts';

const ticks = ticksOf({} as JobParts);
/** What of the folder is no job. */
const OTHERS = new Set(['index.ts', 'parts.ts']);

test('every file in jobs/ is a tick of its name, and the other way round', () => {
  const files = readdirSync(join(projectRoot(), 'jobs')).filter((file) => !OTHERS.has(file));
  expect(ticks.map(({ name }) => `${name}.ts`).sort()).toEqual(files.sort());
});

test.each(ticks)('$name has a time it comes at, within a day and no more often than agenda looks', (tick) => {
  const next = nextRun(tick, NOW);
  expect(next - NOW).toBeLessThanOrEqual(86_400_000);
  expect(nextRun(tick, next) - next).toBeGreaterThanOrEqual(5_000);
});
