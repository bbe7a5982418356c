import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { CHAT_LIST } from '../../../src/domain/campaign/chatList.ts';
import { mayCampaign } from '../../../src/domain/campaign/states.ts';
import type { Json } from '../../../src/domain/json.ts';
import { type ListMost, readList, type TakenList } from '../../../src/services/campaigns/readList.ts';
import { findCampaign } from '../../../src/services/campaigns/record.ts';
import { createAttachments } from '../../../src/services/report/attach.ts';
import { renderer } from '../../harness/talk.ts';
import { workbook } from '../../harness/workbook.ts';
import { THAN_UYEN } from '../alerts/office.ts';
import { Broadcast, FIRST } from './broadcast.ts';

let world: Broadcast;
beforeAll(async () => {
  world = await Broadcast.open();
});
beforeEach(() => world.begin());
afterAll(() => world.close());

const TEXT = 'Đề nghị anh/chị khai báo y tế khi về từ vùng dịch.';

type Part = { readonly text: string } | { readonly file: Buffer; readonly name?: string };

/** Reads what was sent as the worker does; `gone`: the platform does not have it any more. */
const read = (
  parts: readonly Part[],
  { before = [] as string[], gone = false, most = CHAT_LIST as ListMost } = {},
) => {
  const files = parts.map((part) => ('file' in part ? part.file : null));
  const sent = parts.map((part, ref) =>
    'text' in part ? part : { ref: String(ref), ...(part.name && { name: part.name }) },
  );
  const worker = readList({
    ...world.office.parts,
    collectionsOf: () => world.office.collections,
    fetchFile: async (_channel, ref) => (gone ? null : (files[Number(ref)] ?? null)),
    now: () => world.office.now,
    most,
  });
  const args = { parts: sent, before, exercise: false } as unknown as Json;
  return worker(args, { chat: 'c', channel: 'telegram', lang: 'vi' });
};

const taken = async (...given: Parameters<typeof read>): Promise<TakenList> => {
  const result = await read(...given);
  if (!('value' in result)) throw new Error(result.problem.key);
  return result.value as unknown as TakenList;
};

const draft = async (lists: readonly string[]) => {
  const audience = { kind: 'list', lists };
  const made = await world.office.call(world.author, 'draftCampaign', { text: TEXT, audience } as never);
  const lines = (made.lines ?? []) as unknown as Parameters<typeof renderer.line>[1][];
  const said = lines.map((one) => renderer.line('vi', one)).join('\n');
  return { is: made.is, said, id: /C\w{4}/.exec(said)?.[0] ?? '' };
};

const csv = (...rows: readonly string[]) => ({
  file: Buffer.from(['SĐT', ...rows].join('\n')),
  name: 'so.csv',
});

describe('a list that was sent', () => {
  test('typed or pasted: each number is taken or rejected with its reason and its beginning', async () => {
    const text =
      ' 0912 345 678,0987.654.321\n09123; 02133876543\n\n0912345678\tLò Văn Pản 0981234567890123456789';
    const { accepted, rejected, first } = await taken([{ text }, { text: '+84 961 234 567' }]);
    expect([accepted, rejected]).toEqual([3, 4]);
    expect(first).toEqual([
      { row: 3, reason: 'tooShort', said: '09123' },
      { row: 4, reason: 'landline', said: '02133876543' },
      { row: 6, reason: 'twice', values: { row: 1 }, said: '0912345678' },
    ]);
  });

  test('as files beside each other: rows are told by their file, or their sheet', async () => {
    const xlsx = { file: workbook([{ name: 'Bum Tở', rows: [['SĐT'], [912345678], [1]] }]), name: 'b.xlsx' };
    const { accepted, first } = await taken([csv('0912345678', 'x'), xlsx]);
    expect(accepted).toBe(1);
    expect(first).toEqual([
      { sheet: 'so.csv', row: 3, reason: 'notAPhone' },
      { sheet: 'Bum Tở', row: 2, reason: 'twiceElsewhere', values: { row: 2, sheet: 'so.csv' } },
      { sheet: 'Bum Tở', row: 3, reason: 'tooShort' },
    ]);
  });

  test('after another: what was taken before is not taken again', async () => {
    const one = await taken([csv('0912345678')]);
    const two = await taken([{ text: '0912345678, 0987654321' }], { before: [one.list] });
    expect(two).toMatchObject({ accepted: 1, first: [{ row: 1, reason: 'before', said: '0912345678' }] });
    expect(await read([{ text: '0912345678' }], { before: ['nobody'] })).toEqual({
      problem: { key: 'list.gone' },
    });
  });

  const bomb = workbook([{ name: 'A', rows: Array.from({ length: 20 }, () => ['SĐT', 'x'.repeat(180)]) }]);
  const most = { bytes: 3_000, unpacked: 2_000, rows: 5 };
  const many = { text: '0961234567, 0351234567, 0371234567, 0381234567, 0391234567, 0551234567' };
  const large = { key: 'list.tooLargeHere' };
  test.each<[string, readonly Part[], unknown, { readonly gone?: boolean }?]>([
    ['more rows than may be', [many], large],
    ['more bytes than were announced', [{ file: Buffer.alloc(most.bytes + 1, 'a') }], large],
    ['a workbook that becomes too much', [{ file: bomb }], large],
    ['a PDF', [{ file: Buffer.from('%PDF-1.7') }], { key: 'list.notATable' }],
    ['another table', [{ file: Buffer.from('Mã,Tên\n1,An') }], { key: 'list.reason.noColumn' }],
    ['one of two that is no longer there', [many, csv('0912345678')], { key: 'work.lost' }, { gone: true }],
  ])('%s is told, and nothing of it is kept', async (_, parts, problem, { gone = false } = {}) => {
    expect(bomb.length).toBeLessThan(most.bytes);
    const named = renderer.line('vi', large);
    for (const limit of [
      `${CHAT_LIST.bytes / 1_048_576} MB`,
      renderer.value('vi', { count: CHAT_LIST.rows }),
    ])
      expect(named).toContain(limit);
    expect(await read(parts, { gone, most: gone ? CHAT_LIST : most })).toEqual({ problem });
    expect(await world.office.collections.phoneLists.countDocuments()).toBe(0);
  });
});

describe('a campaign for it', () => {
  test('is for every number once, however often it was sent and the tick runs, and for no list that was cut short', async () => {
    const reached = await world.citizen({ phone: '+84912345678' });
    await world.citizen({ phone: '+84961234567' });
    const [first, lost] = [await taken([csv('0912345678', '0987654321')]), await taken([csv('0961234567')])];
    const second = await taken([{ text: '0351234567' }], { before: [first.list] });
    const { id, said } = await draft([first.list, second.list]);
    expect(said).toContain('Người nhận: 3.');
    expect(said).toContain('Ai từng khai báo bằng số trong danh sách thì nhận được ở kênh họ đã dùng.');
    expect(said).not.toContain('Không có kênh');
    const { phoneLists, campaigns, audience } = world.office.collections;
    const doc = await campaigns.findOne({ _id: id });
    const kept = await phoneLists.find().sort({ deleteAt: 1 }).toArray();
    expect(kept.map(({ _id }) => _id)).toEqual([lost.list, ...kept.slice(1).map(({ _id }) => _id)]);
    expect(kept.slice(1).map(({ deleteAt }) => deleteAt)).toEqual([doc?.deleteAt, doc?.deleteAt]);
    expect(await world.act(id, 'submit')).toBe('done');
    expect(await world.act(id, 'approve', world.second)).toBe('done');
    const begins = (await findCampaign(world.office.parts, id))?.doc.first ?? FIRST;
    world.start();
    for (const time of ['09:10', '09:20']) await world.tick(begins, time);
    await world.quiet();
    expect(await audience.countDocuments({ _id: { $gt: `${id}|`, $lt: `${id}}` } })).toBe(3);
    const theirs = world.took.filter(({ channel }) => channel === 'telegram');
    expect(theirs.map(({ address }) => address)).toEqual([reached.address]);
  });

  test('of no number, or of a list that is gone, is none', async () => {
    const { list } = await taken([{ text: '09123' }]);
    expect((await draft([list])).is).toBe('problems');
    await world.office.collections.phoneLists.deleteMany({});
    expect((await draft([list])).is).toBe('listGone');
    expect(await world.office.collections.campaigns.countDocuments()).toBe(0);
  });
});

test('all rows that were not taken are a file for those who may send campaigns, and for nobody else', async () => {
  const { list } = await taken([{ text: '09123, =0912, 0912345678' }]);
  const { office, author } = world;
  const { file } = createAttachments({
    ...office.parts,
    renderer,
    qrImage: async () => null,
    chatsOf: async (address) => [address],
  });
  const of = (address: string) => file({ kind: 'rejected', list }, { address, lang: 'vi' });
  const made = await of(author.chat);
  expect(made).toMatchObject({ name: `khong-nhan-${list.slice(0, 8)}.csv`, type: 'text/csv' });
  expect(made?.bytes.toString().split('\r\n').slice(1)).toEqual([
    ',1,09123,Số thiếu chữ số.',
    ",2,'=0912,Ô là công thức chưa có kết quả hoặc bị lỗi.",
    '',
  ]);
  const local = await office.worker({ role: 'leader', area: THAN_UYEN });
  expect(mayCampaign({ id: local.id, role: 'leader', area: THAN_UYEN }, '12')).toBe(false);
  for (const chat of [local.chat, 'nobody']) expect(await of(chat)).toBeNull();
  // Neither the numbers nor what was typed can be read where they are kept.
  const stored = await office.collections.phoneLists.find({}, { raw: true }).toArray();
  const bytes = Buffer.concat(stored.map((row) => Buffer.from(row as never))).toString('latin1');
  expect(bytes.length).toBeGreaterThan(50);
  for (const secret of ['912345678', '09123']) expect(bytes).not.toContain(secret);
});
