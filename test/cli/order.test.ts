import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { strFromU8, unzipSync } from 'fflate';
import { orderCommand } from '../../src/cli/order.ts';
import type { CliParts, RunWith } from '../../src/cli/parts.ts';
import { createBlindIndex } from '../../src/security/blind-index.ts';
import { orderBook } from '../../src/services/operatorOrders/book.ts';
import { importFigures } from '../../src/services/operatorOrders/importFigures.ts';
import { sealStaff } from '../../src/services/staff/record.ts';
import { gazetteer, NOW } from '../harness/talk.ts';
import { workbook } from '../harness/workbook.ts';
import { type OpenStore, openStore, RING } from '../store/open-store.ts';

const DAY = 86_400_000;

let store: OpenStore;
let folder: string;
let parts: CliParts;

beforeAll(async () => {
  store = await openStore();
  folder = await mkdtemp(join(tmpdir(), 'khaibao-order-'));
  parts = {
    training: false,
    database: store.database,
    sealer: store.sealer,
    index: createBlindIndex(RING),
    gazetteer,
    home: '12',
    hasSentence: () => true,
    now: NOW,
  };
  for (const [_id, role] of [
    ['ADMIN111', 'admin'],
    ['LEADER22', 'leader'],
    ['NURSE333', 'duty'],
    ['COMMUNE4', 'leader'],
  ] as const) {
    const sealed = sealStaff(store, _id, { name: 'Lò Thị Hoa' });
    await store.database.collections.staff.insertOne({
      _id,
      role,
      area: _id === 'COMMUNE4' ? '12/03595' : '12',
      chats: [],
      active: true,
      sealed,
    });
  }
});
beforeEach(async () => {
  await store.database.collections.operatorOrders.deleteMany({});
});
afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
  await store.close();
});

/** What the command prints, some days later. */
const later = async (days: number, ...args: readonly string[]): Promise<string> => {
  let printed = '';
  const run: RunWith = async (work) => {
    printed = await work({ ...parts, now: NOW + days * DAY });
  };
  const command = orderCommand(run).exitOverride();
  for (const sub of command.commands) sub.exitOverride().configureOutput({ writeErr: () => undefined });
  await command.parseAsync([...args], { from: 'user' });
  return printed;
};
const order = (...args: readonly string[]) => later(0, ...args);

const TEXT = 'Sở Y tế: người từ vùng dịch về xin khai báo y tế.';
const NEW = [
  'new',
  '--text',
  TEXT,
  '--sender',
  'SYT LAICHAU',
  '--area',
  'Lai Châu',
  '--by',
  'admin111',
] as const;
const placed = async (...more: readonly string[]): Promise<string> =>
  /Order (\S+) waits/.exec(await order(...NEW, ...more))?.[1] ?? '';
const approved = async (...more: readonly string[]): Promise<string> => {
  const id = await placed(...more);
  await order('approve', id, '--by', 'LEADER22', '--letter', '312');
  return id;
};

describe('placing an order', () => {
  test('new shows what is sent and what it costs in segments; numbers run', async () => {
    const printed = await order(...NEW);
    expect(printed).toContain('Order 2026-001 waits for a second person');
    expect(printed).toContain(
      'So Y te: nguoi tu vung dich ve xin khai bao y te.\n(49 characters, GSM-7, 1 segment)',
    );
    expect(await order(...NEW, '--accented')).toMatch(/2026-002[\s\S]*Sở Y tế[\s\S]*UCS-2, 1 segment/);
    expect(await order('show', '2026-001')).toMatch(
      /waits for a second person\.\nSYT LAICHAU: So Y te[\s\S]*tỉnh Lai Châu\n24\/11\/2026 to 28\/11\/2026, 08:00-20:00; Viettel, VinaPhone/,
    );
    expect(await order('list')).toMatch(/2026-002 +waiting[\s\S]*2026-001 +waiting/);
  });

  test('two at once get two numbers', async () => {
    const ids = await Promise.all(Array.from({ length: 8 }, () => placed()));
    expect(new Set(ids).size).toBe(8);
  });

  test('after 999 comes 1000, and 1001', async () => {
    const id = await placed();
    const { orders } = { orders: store.database.collections.operatorOrders };
    const doc = await orders.findOne({ _id: id });
    if (doc !== null) await orders.insertOne({ ...doc, _id: '2026-999' });
    expect([await placed(), await placed()]).toEqual(['2026-1000', '2026-1001']);
  });

  test.each([
    [['--sender', 'SOYTELAICHAU'], /Tên người gửi SOYTELAICHAU .* \/ The sender name SOYTELAICHAU/],
    [['--hours', '06-23'], /Khung giờ .* \/ The hours must lie between 07:00 and 22:00/],
    [['--hours', 'all day'], /"all day" are no hours/],
    [['--first', '20/11'], /20\/11\/2026 đã qua/],
    [['--days', 'many'], /"many" is no number of days/],
    [['--operators', 'viettel,orange'], /no operator orange\. Known are: viettel, vinaphone/],
    [['--area', 'Atlantis'], /No place is called "Atlantis"/],
    [['--by', 'NURSE333'], /Only leaders and administrators/],
    [['--by', 'COMMUNE4'], /Only leaders and administrators of the province/],
    [['--by', 'NOBODY00'], /No staff member has the id/],
  ])('%j is refused', async (more, message) => {
    await expect(order(...NEW, ...more)).rejects.toThrow(message);
    expect(await store.database.collections.operatorOrders.countDocuments()).toBe(0);
  });
});

describe('a second person', () => {
  test('approves once; whoever ordered, a nurse, a commune\u2019s leader or nobody cannot', async () => {
    const id = await placed();
    await expect(order('approve', id, '--by', 'ADMIN111')).rejects.toThrow(/Whoever ordered cannot approve/);
    for (const other of ['NURSE333', 'COMMUNE4'])
      await expect(order('approve', id, '--by', other)).rejects.toThrow(/Only leaders/);
    await expect(order('approve', '2026-099', '--by', 'LEADER22')).rejects.toThrow(/no order 2026-099/);
    expect(await order('approve', id, '--by', 'leader22')).toContain(`Order ${id} is approved.`);
    await expect(order('approve', id, '--by', 'LEADER22')).rejects.toThrow(/has been approved/);
  });

  test('not when the first day is over', async () => {
    const id = await placed();
    await expect(later(2, 'approve', id, '--by', 'LEADER22')).rejects.toThrow(/first day is over/);
  });

  test('before that there is no letter and no figure', async () => {
    const id = await placed();
    const file = join(folder, 'early.csv');
    await writeFile(file, 'Ngày,Nhà mạng,Đã gửi,Thành công\n23/11/2026,Viettel,1,1\n');
    for (const args of [
      ['sheet', id, '--out', folder],
      ['import', id, file, '--by', 'ADMIN111'],
    ])
      await expect(order(...args)).rejects.toThrow(/not been approved by a second person/);
    expect((await readdir(folder)).filter((name) => name.endsWith('.docx'))).toEqual([]);
  });
});

test('sheet writes a letter for each operator, or for one', async () => {
  const id = await approved('--operators', 'viettel, VNPT');
  const files = await order('sheet', id, '--out', folder);
  expect(files.split('\n')).toEqual([
    join(folder, `${id}-viettel.docx`),
    join(folder, `${id}-vinaphone.docx`),
  ]);
  for (const [file, to] of files.split('\n').map((one, at) => [one, ['Viettel', 'VNPT'][at]] as const)) {
    const xml = strFromU8(unzipSync(await readFile(file))['word/document.xml'] ?? new Uint8Array());
    expect(xml).toContain(`Kính gửi: ${to} Lai Châu`);
    expect(xml).toContain('Số: 312/SYT-NVY');
    expect(xml).toContain('tỉnh Lai Châu');
  }
  expect(await order('sheet', id, '--out', folder, '--operator', 'VinaPhone')).toContain('vinaphone.docx');
  await expect(order('sheet', id, '--operator', 'mobifone')).rejects.toThrow(/no operator of this order/);
  expect(await order('sheet', id, '--out', join(folder, 'letters', 'new'))).toContain('new');
  await expect(order('sheet', id, '--out', files.split('\n')[0] ?? '')).rejects.toThrow(
    /cannot be written: EEXIST/,
  );
});

test('a file that holds no figures is one sentence, and many wrong rows are no flood', async () => {
  const id = await approved();
  const bring = async (content: string, ...more: readonly string[]): Promise<readonly string[]> => {
    const file = join(folder, 'strange.csv');
    await writeFile(file, content);
    return (await later(1, 'import', id, file, '--by', 'ADMIN111', ...more)).split('\n');
  };
  expect((await bring('Mã,Tên\n1,An\n2,Bình\n')).filter((line) => /no heading/.test(line))).toHaveLength(1);
  const wrong = 'Ngày,Nhà mạng,Đã gửi,Thành công\n'.concat('24/11/2026,Beeline,1,1\n'.repeat(70));
  const lines = await bring(wrong);
  expect(lines.filter((line) => /^row \d+: /.test(line))).toHaveLength(50);
  expect(lines).toContain('… and 20 more: --rejected FILE writes all of them to a file.');
  const rejected = join(folder, 'rejected.csv');
  const told = await bring(wrong, '--rejected', rejected);
  expect(told).toContain(`All 70 rows that were not taken are in ${rejected}.`);
  const all = (await readFile(rejected, 'utf8')).split('\r\n');
  expect([all.length, all[70]]).toEqual([72, expect.stringMatching(/^,71,/)]);
  expect((await stat(rejected)).mode & 0o777).toBe(0o600);
  const well = 'Ngày,Nhà mạng,Đã gửi,Thành công\n24/11/2026,Viettel,1,1\n';
  await expect(bring(well, '--rejected', rejected)).rejects.toThrow(/it is there already/);
  expect((await bring(well))[0]).toBe('1 taken, 0 corrected, 0 known already, 0 rejected.');
});

describe('the figures', () => {
  const HEAD = ['Ngày', 'Nhà mạng', 'Đã gửi', 'Thành công', 'Thất bại', 'Đang chờ'];
  const bring = async (
    id: string,
    rows: readonly (readonly (string | number)[])[],
    name = 'figures.xlsx',
  ) => {
    const file = join(folder, name);
    await writeFile(file, workbook([{ name: 'Số liệu', rows: [HEAD, ...rows] }]));
    return later(3, 'import', id, file, '--by', 'ADMIN111');
  };

  test('are taken, corrected with their history kept, and what does not fit is said', async () => {
    const id = await approved('--operators', 'viettel,vinaphone');
    const first = await bring(id, [
      ['24/11/2026', 'Viettel', 1000, 900, 70, 30],
      ['25/11/2026', 'Viettel', 1000, 900, 70, 20],
      ['23/11/2026', 'VinaPhone', 5, 5, 0, 0],
      ['24/11/2026', 'MobiFone', 5, 5, 0, 0],
      ['27/11/2026', 'Viettel', 5, 5, 0, 0],
    ]);
    expect(first.split('\n')).toEqual([
      '3 taken, 0 corrected, 0 known already, 2 rejected.',
      expect.stringMatching(/^Số liệu, row 5: Đơn này không đặt với MobiFone\. \/ This order/),
      expect.stringMatching(/^Số liệu, row 6: Ngày 27\/11\/2026 chưa tới\. \/ The day/),
      expect.stringMatching(/^VinaPhone chưa báo số liệu ngày 24\/11\/2026\./),
      expect.stringMatching(/^VinaPhone chưa báo số liệu ngày 25\/11\/2026\./),
      expect.stringMatching(/^Viettel ngày 25\/11\/2026: đã gửi 1000, .* cộng lại là 990\./),
      expect.stringMatching(/^VinaPhone báo số liệu ngày 23\/11\/2026, không phải ngày đã đặt\./),
    ]);

    const again = await bring(
      id,
      [
        ['24/11/2026', 'Viettel', 1000, 900, 70, 30],
        ['25/11/2026', 'Viettel', 990, 900, 70, 20],
      ],
      'corrected.xlsx',
    );
    expect(again).toContain('0 taken, 1 corrected, 1 known already, 0 rejected.');
    expect(again).toContain('Corrected: Viettel 25/11/2026: 1000 sent, now 990.');
    expect(again).not.toContain('cộng lại là');

    const shown = await later(3, 'show', id);
    expect(shown).toMatch(/Viettel +25\/11\/2026 +990 +900 +70 +20/);
    expect(shown).toMatch(/total +1995 +1805 +140 +50/);
    expect(shown).toMatch(/Corrected since:[\s\S]*Viettel +25\/11\/2026 +1000 .* ADMIN111 +figures\.xlsx/);
    expect(shown).toContain('VinaPhone has not reported 24/11/2026.');
  });

  test('the same file twice changes nothing', async () => {
    const id = await approved();
    const rows = [['24/11/2026', 'Viettel', 1000, 900, 70, 30]];
    await bring(id, rows);
    expect(await bring(id, rows)).toContain('0 taken, 0 corrected, 1 known already');
    const [doc] = await store.database.collections.operatorOrders.find().toArray();
    expect(doc?.figures).toHaveLength(1);
  });

  test('many files at once are all in it', async () => {
    const id = await approved();
    const own = { orders: store.database.collections.operatorOrders, book: orderBook() };
    const files = ['viettel', 'vinaphone', 'mobifone', 'vietnamobile'].map((operator) => ({
      name: operator,
      bytes: Buffer.from(`Ngày;Nhà mạng;Đã gửi;Thành công\n24/11/2026;${operator};3;3`),
    }));
    await Promise.all(
      files.map((file) => importFigures(own, id, file, { by: 'ADMIN111', now: NOW + 3 * DAY })),
    );
    const [doc] = await own.orders.find().toArray();
    expect(doc?.figures.map(({ operator }) => operator).sort()).toEqual(files.map(({ name }) => name).sort());
    expect(doc?.rev).toBe(4);
  });

  test('a file that is none says so in both languages', async () => {
    const id = await approved();
    const file = join(folder, 'old.xls');
    await writeFile(file, Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1]));
    await expect(later(3, 'import', id, file, '--by', 'ADMIN111')).rejects.toThrow(
      /\.xls.* \/ An old Excel file/,
    );
    await expect(later(3, 'import', id, join(folder, 'none'), '--by', 'ADMIN111')).rejects.toThrow(/ENOENT/);
  });

  test('a nurse or a commune\u2019s leader cannot bring figures in', async () => {
    const id = await approved();
    const file = join(folder, 'theirs.csv');
    await writeFile(file, 'Ngày,Nhà mạng,Đã gửi,Thành công\n24/11/2026,Viettel,1,1\n');
    for (const other of ['NURSE333', 'COMMUNE4'])
      await expect(later(3, 'import', id, file, '--by', other)).rejects.toThrow(
        /Only leaders and administrators of the province/,
      );
    const doc = await store.database.collections.operatorOrders.findOne({ _id: id });
    expect(doc?.figures).toEqual([]);
    expect(await later(3, 'import', id, file, '--by', 'LEADER22')).toMatch(/^1 taken/);
  });
});
