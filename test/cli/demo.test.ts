import { afterAll, afterEach, beforeAll, beforeEach, expect, jest, test } from '@jest/globals';
import { alertStory } from '../../src/cli/demo/story.ts';
import { CommandProblem } from '../../src/cli/problem.ts';
import { partsOf } from '../../src/cli/withStore.ts';
import { startTestApp, type TestApp } from '../harness/app.ts';

let app: TestApp;
let printed: string;
beforeAll(async () => {
  app = await startTestApp();
});
beforeEach(() => {
  printed = '';
  jest.spyOn(process.stdout, 'write').mockImplementation((text) => {
    printed += text;
    return true;
  });
});
afterEach(() => void jest.restoreAllMocks());
afterAll(() => app.end());

const nobodyOnDuty = async (): Promise<void> => {
  const { staff, shifts } = app.store.database.collections;
  expect(await staff.countDocuments({ active: true })).toBe(0);
  expect(await shifts.countDocuments({ until: { $exists: false } })).toBe(0);
};

test('the demonstration tells its story to the end, and its nurse goes off the record', async () => {
  await alertStory(app, partsOf(app.store));
  for (const part of ['links her phone', 'Kết quả: nguy cơ', 'G. A. M.', "From the citizen's first word"])
    expect(printed).toContain(part);
  expect(await app.store.database.collections.shifts.countDocuments()).toBe(1);
  await nobodyOnDuty();
});

test('a story that fails is one sentence, and leaves no nurse on duty either', async () => {
  const story = alertStory({ url: app.url, token: 'of another server' }, partsOf(app.store));
  await expect(story).rejects.toThrow(new CommandProblem('The server refused the line (401).'));
  await nobodyOnDuty();
});
