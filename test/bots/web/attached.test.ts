import { createHash } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type Attachments, XLSX } from '../../../src/delivery/attachments.ts';
import type { Say } from '../../../src/dialogue/say.ts';
import { openClient } from './client.ts';
import { chatOf, openSite, type Site } from './site.ts';

const PNG = Buffer.from('a chart');
const FILE = { name: 'khai-bao-2026-11-26-12.xlsx', type: XLSX, bytes: Buffer.from('a workbook') };
const REF = { report: 'r', day: '2026-11-26', area: '12' } as const;
const REPORT: Say = {
  notes: ['Báo cáo'].map((value) => ({ key: 'engine.keep', values: { value } })),
  image: { kind: 'chart', ...REF },
  file: { kind: 'report', ...REF },
  turn: 0,
};

/** Addresses of those who may read it now. */
const readers = new Set<string>();
const attachments: Attachments = {
  image: async (_image, { address }) => (readers.has(address) ? PNG : null),
  file: async (_file, { address }) => (readers.has(address) ? FILE : null),
};

let site: Site;
beforeAll(async () => {
  site = await openSite({ web: { attachments } });
});
afterAll(() => site.close());

/** A browser with a report in its mailbox. */
const leader = async () => {
  const client = await openClient(site.url);
  const id = client.cookie.split('=')[1]?.split('.')[0] ?? '';
  const address = createHash('sha256').update(`web-address|${id}`).digest('base64url');
  readers.add(address);
  await site.mailbox.append(chatOf(address), { id: 'report:2026-11-26:12:x', lang: 'vi', say: REPORT });
  const page = await (await client.get('/')).text();
  const paths = [...page.matchAll(/"(\/(?:chart|file)\/[^"]+)"/g)].map(([, path = '']) => path);
  return { client, address, page, paths: [...new Set(paths)] };
};

test('the chart and the file stand in the message, and are the reader’s own', async () => {
  const { client, page, paths } = await leader();
  expect(page).toContain('Tệp Excel: khai-bao-2026-11-26-12.xlsx');
  expect(page).toContain('alt="Biểu đồ số khai báo theo ngày và nguy cơ"');
  const [chart = '', file = ''] = paths;
  const image = await client.get(chart);
  expect([image.status, image.headers.get('content-type')]).toEqual([200, 'image/png']);
  expect(Buffer.from(await image.arrayBuffer())).toEqual(PNG);
  const workbook = await client.get(file);
  expect(workbook.status).toBe(200);
  expect(workbook.headers.get('content-type')).toContain('spreadsheetml');
  expect(workbook.headers.get('content-disposition')).toBe(`attachment; filename=${FILE.name}`);
  expect(Buffer.from(await workbook.arrayBuffer())).toEqual(FILE.bytes);
  for (const response of [image, workbook]) expect(response.headers.get('cache-control')).toBe('no-store');
});

test('a link works for nobody else: no session, another session, another kind of thing, another name', async () => {
  const { client, paths } = await leader();
  const stranger = await openClient(site.url);
  const other = await leader();
  await site.mailbox.append(chatOf(other.address), { id: 'of:the:other', lang: 'vi', say: REPORT });
  expect(paths).toHaveLength(2);
  for (const path of paths) {
    expect((await fetch(site.url + path)).status).toBe(401);
    expect((await stranger.get(path)).status).toBe(404);
    expect((await client.get(path.replace(/^\/\w+/, '/qr'))).status).toBe(404);
  }
  for (const path of ['/chart/of%3Athe%3Aother.png', '/file/of%3Athe%3Aother.xlsx']) {
    expect((await client.get(path)).status).toBe(404);
    expect((await other.client.get(path)).status).toBe(200);
  }
  for (const path of ['/chart/..%2f.png', '/file/%24ne.xlsx', '/file/x', '/chart/x.png?id[$ne]=1'])
    expect((await client.get(path)).status).toBe(404);
});

test('nor for the reader, once they may not read it any more', async () => {
  const { client, address, paths } = await leader();
  readers.delete(address);
  for (const path of paths) expect((await client.get(path)).status).toBe(404);
});
