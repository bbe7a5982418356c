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

/** An officer at a checkpoint types the code and lets pass; the press is delivered three times, two of them at once. */
const passTwice = async (code: string): Promise<void> => {
  const officer = await openClient(app.url);
  const added = await staffAdd(partsOf(app.store), { name: 'Sùng A Chư', role: 'officer', area: '12' });
  for (const text of [/NV-\S+/.exec(added)?.[0] ?? '', 'qua chốt', '1', code])
    await officer.post({ type: 'text', text });
  const press = () => officer.post({ type: 'choice', ids: ['passed'] }, 'a'.repeat(32));
  await Promise.all([press(), press()]);
  await press();
};

test('a leader asks in the web chat, and has the figures, the chart and the file; nobody else has them', async () => {
  const citizen = terminalPhone(app, 'citizen');
  await declareSick(citizen, 'Giàng A Minh');
  await passTwice(/[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{3}/.exec(await citizen.hear('Mã tra cứu'))?.[0] ?? '');
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
  expect(said).toContain('Người qua chốt số 1 Sơn Bình: 1 (0), xe 1 (0).');
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
