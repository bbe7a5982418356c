import { afterAll, beforeAll, expect, test } from '@jest/globals';
import readExcelFile from 'read-excel-file/node';
import sharp from 'sharp';
import { staffAdd } from '../../src/cli/staff.ts';
import { partsOf } from '../../src/cli/withStore.ts';
import { openClient } from '../bots/web/client.ts';
import { startTestApp, type TestApp } from '../harness/app.ts';
import { clearOfMidnight } from '../harness/midnight.ts';
import { declareSick } from '../harness/story.ts';
import { terminalPhone } from '../harness/wires.ts';

let app: TestApp;
beforeAll(clearOfMidnight);
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.end());

test('a leader asks in the web chat, and has the figures, the chart and the file; nobody else has them', async () => {
  const citizen = terminalPhone(app, 'citizen');
  await declareSick(citizen, 'Giàng A Minh');
  const leader = await openClient(app.url);
  const stream = await leader.stream();
  const hear = async (part: string): Promise<string> => {
    for (;;) {
      const said = await stream.next();
      if (said === undefined) throw new Error(`never heard "${part}"`);
      if (said.html.includes(part)) return said.html;
    }
  };
  const added = await staffAdd(partsOf(app.store), { name: 'Lò Thị Hoa', role: 'leader', area: '12' });
  await leader.post({ type: 'text', text: /NV-\S+/.exec(added)?.[0] ?? '' });
  await hear('Đã liên kết');
  await leader.post({ type: 'text', text: 'báo cáo' });
  const said = await hear('📊 Báo cáo ngày');
  expect(said).toContain('Khai báo: 1 (0).');
  const [chart = '', file = ''] = [...said.matchAll(/href="(\/(?:chart|file)\/[^"]+)"/g)].map(
    ([, path]) => path,
  );

  const image = Buffer.from(await (await leader.get(chart)).arrayBuffer());
  expect((await sharp(image).metadata()).width).toBe(720);
  const [summary] = await readExcelFile(Buffer.from(await (await leader.get(file)).arrayBuffer()));
  expect(summary?.data[1]).toEqual(['Khai báo', 1, 0, 1]);
  const stranger = await openClient(app.url);
  for (const path of [chart, file]) expect((await stranger.get(path)).status).toBe(404);

  await app.store.database.collections.staff.updateMany({}, { $set: { active: false } });
  for (const path of [chart, file]) expect((await leader.get(path)).status).toBe(404);
  await leader.post({ type: 'text', text: 'báo cáo' });
  await hear('chưa liên kết với cán bộ nào');
  stream.close();
  citizen.close();
});
