import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, jest, test } from '@jest/globals';
import { findCampaign } from '../../src/services/campaigns/record.ts';
import { Broadcast, FIRST } from '../services/campaigns/broadcast.ts';
import { until } from '../services/converse/toy.ts';
import { campaignCli } from './campaignCli.ts';

let world: Broadcast;
let folder: string;
beforeAll(async () => {
  world = await Broadcast.open();
  folder = await mkdtemp(join(tmpdir(), 'khaibao-campaign-'));
});
beforeEach(() => world.begin());
afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
  await world.close();
});

const khaibao = (...args: readonly string[]): Promise<string> => campaignCli(world, args);

const TEXT = 'Đề nghị anh/chị khai báo y tế khi về từ vùng dịch.';
const idIn = (printed: string): string => /C\w{4}(?=:)/.exec(printed)?.[0] ?? '';

test('a list of numbers: written, submitted, approved by another, sent, watched, and its unreached as a table', async () => {
  const file = join(folder, 'numbers.csv');
  await writeFile(file, 'phone\n0912 345 678\n+84987654321\n0912345678\n');
  const known = await world.citizen({ phone: '+84912345678' });
  const by = ['--by', world.author.id];
  const made = await khaibao(
    'new',
    '--text',
    TEXT,
    '--to',
    'list',
    '--list',
    file,
    '--days',
    '1',
    '--price',
    '350',
    ...by,
  );
  expect(made).toContain('Row 4 was not taken: Trùng số ở dòng 2. / The same number as in row 2.');
  expect(made).toContain('2 of 3 numbers taken.');
  expect(made).toContain('Recipients: 2.');
  expect(made).toContain('First day: 23/11/2026, if it is approved before 19:00 on 23/11.\nDays: 1, from');
  expect(made).toContain('How long it takes is not known for: SMS.');
  expect(made).toContain('Cost at most: 700 VND.');
  const id = idIn(made);
  await expect(khaibao('approve', id, '--by', world.second.id)).rejects.toThrow(
    'The campaign is draft: that cannot be done to it now.',
  );
  expect(await khaibao('submit', id, ...by)).toBe(`${id} is submitted.`);
  await expect(khaibao('approve', id, ...by)).rejects.toThrow(/Somebody else has to approve/);
  expect(await khaibao('watch', id)).toBe(`${id} is submitted: nothing is being sent.`);
  expect(await khaibao('approve', id, '--by', world.second.id)).toBe(
    `${id} is approved. It begins on 2026-11-23.`,
  );
  await world.tick('2026-11-23', '09:00');
  world.start();
  await world.quiet();
  expect(await khaibao('watch', id)).toBe(`${id} is running. 2026-11-23: 1 of 2 sent, 1 failed, 0 left.`);
  await expect(khaibao('unreached', id)).rejects.toThrow(/is not over/);
  await world.tick('2026-11-23', '20:30');
  expect(await khaibao('list')).toMatch(new RegExp(`${id} +ended +2026-11-23 09:00 +list +2026-11-23 +1 +2`));
  expect(await khaibao('show', id)).toContain(
    'Recipients: 2. Sent: 1, of whom 0 declared after it.\nKnown to have got it: at least 0.',
  );
  expect(await khaibao('show', id)).toContain('not reached: 1.\nNot reached because: no channel (1).');
  const out = join(folder, 'unreached.csv');
  await expect(khaibao('unreached', id, '--out', join(file, 'a.csv'))).rejects.toThrow(
    /a\.csv cannot be written: EEXIST|a\.csv cannot be written: ENOTDIR/,
  );
  await khaibao('unreached', id, '--out', out);
  expect(await readFile(out, 'utf8')).toBe('\uFEFFcode,place,reason,count\r\n,,no-channel,1\r\n');
  expect(world.took.filter(({ address }) => address === known.address)).toHaveLength(1);
});

/** What the bar writes into a terminal of eighty columns while it is followed. */
const onTerminal = () => {
  const seen: string[] = [];
  const { isTTY, columns } = process.stderr;
  Object.assign(process.stderr, { isTTY: true, columns: 80 });
  const write = jest.spyOn(process.stderr, 'write').mockImplementation((text) => seen.push(String(text)) > 0);
  return {
    seen: () => seen.join(''),
    end: () => {
      write.mockRestore();
      Object.assign(process.stderr, { isTTY, columns });
    },
  };
};

test('while something is left it is followed: the bar moves with what was sent, and goes at its end', async () => {
  world.switchOn('sms');
  const plan = { audience: { kind: 'list' as const }, channels: ['sms'], days: 1 };
  const id = await world.approved(plan, ['+84912345678', '+84987654321']);
  await world.tick(FIRST, '08:00');
  const terminal = onTerminal();
  try {
    let ended = false;
    const watched = khaibao('watch', id).finally(() => {
      ended = true;
    });
    await until(() => terminal.seen().includes('0 % | 0 of 2 | 0 failed | running'));
    const { deliveries } = world.office.collections;
    const one = await deliveries.findOne({ purpose: 'campaign', state: 'ready' });
    await deliveries.updateOne({ _id: one?._id ?? '' }, { $set: { state: 'sent' } });
    await until(() => terminal.seen().includes('50 % | 1 of 2 | 0 failed | running'));
    expect(terminal.seen()).toContain(`${id} ${FIRST} [=====-----] 50 %`);
    expect(ended).toBe(false);
    world.start();
    expect(await watched).toBe(`${id} is running. ${FIRST}: 2 of 2 sent, 0 failed, 0 left.`);
  } finally {
    terminal.end();
  }
});

test('without a price an SMS costs what the shipped tariff says, and whose it is', async () => {
  const file = join(folder, 'two.csv');
  await writeFile(file, 'phone\n0912345678\n0987654321\n');
  const list = ['new', '--text', TEXT, '--to', 'list', '--list', file, '--by', world.author.id];
  expect(await khaibao(...list)).toContain(
    'Cost at most: 5,500 VND (reference price: VNPT Nghệ An, 29/10/2013).',
  );
  expect(await khaibao('new', '--text', TEXT, '--by', world.author.id)).not.toContain('Cost at most');
});

test('pause, resume and stop in somebody\u2019s name', async () => {
  await world.citizen();
  const id = await world.approved({ channels: ['telegram'] });
  await world.tick(FIRST, '07:30');
  const by = ['--by', world.second.id];
  expect(await khaibao('pause', id.toLowerCase(), ...by)).toBe(`${id} is paused.`);
  const { deliveries, campaigns } = world.office.collections;
  const far = { purpose: 'campaign', readyAt: { $gt: new Date('9000-01-01') } };
  expect(await deliveries.countDocuments(far)).toBe(1);
  expect(await khaibao('resume', id, ...by)).toBe(`${id} is running.`);
  expect(await deliveries.countDocuments(far)).toBe(0);
  expect(await khaibao('stop', id, ...by)).toBe(`${id} is stopped.`);
  expect(await deliveries.countDocuments({ state: 'suppressed', fault: 'campaign-stopped' })).toBe(1);
  expect(
    (await campaigns.findOne({ _id: id }))?.history.map(({ what, by: who }) => `${what} ${who}`),
  ).toEqual([
    `made ${world.author.id}`,
    `submit ${world.author.id}`,
    `approve ${world.second.id}`,
    `pause ${world.second.id}`,
    `resume ${world.second.id}`,
    `stop ${world.second.id}`,
  ]);
});

test.each([
  [['--text', 'ngắn', '--days', '0'], /10 to 420 characters.*\n.*1 to 14 days/],
  [['--to', 'everybody'], /is no audience: use all, communes/],
  [['--to', 'means', '--means', 'boat'], /no means of travel: use coach/],
  [['--to', 'communes'], /Name the communes/],
  [['--to', 'communes', '--commune', 'Xyz'], /No place is called/],
  [['--channels', 'telegram,zalo'], /each of them once: telegram, botframework, web, sms/],
  [['--to', 'vehicles', '--plate', '???'], /no number plate: write it as 29B-123.45/],
  [['--hours', '6-22'], /write them as 08:00-20:00/],
  [['--hours', '06:00-22:00'], /within 07:00 and 22:00/],
  [['--to', 'list'], /goes with --to list/],
  [['--list', '/no/such/file'], /goes with --to list/],
  [['--rejected', '/tmp/r.csv'], /--rejected goes with --list/],
  [['--from', '2026-11-01'], /lies before today/],
])('what cannot be done: %j', async (args, sentence) => {
  const text = args.includes('--text') ? [] : ['--text', TEXT];
  await expect(khaibao('new', ...text, '--by', world.author.id, ...args)).rejects.toThrow(sentence);
  expect(await world.office.collections.campaigns.countDocuments()).toBe(0);
});

test.each([
  ['an empty file', '', /0 of 0 numbers taken\..*\n.*no campaign was made/],
  [
    'only wrong rows',
    'phone\nabc\n',
    /Row 2 was not taken:.*\n0 of 1 numbers taken\.\n.*no campaign was made/,
  ],
  ['another table', 'Mã,Tên\n1,An\n2,Bình\n', /^\S+: Không tìm thấy cột số điện thoại\.[^\n]*$/],
])('a list with no number to write to is no campaign: %s', async (_, content, sentence) => {
  const file = join(folder, 'nobody.csv');
  await writeFile(file, content);
  const list = ['--to', 'list', '--list', file, '--by', world.author.id];
  await expect(khaibao('new', '--text', TEXT, ...list)).rejects.toThrow(sentence);
  expect(await world.office.collections.campaigns.countDocuments()).toBe(0);
});

test('a plate is looked for as it stands in declarations, however it was typed', async () => {
  const plates = ['--plate', '29b 123.45', '--plate', '25B112345'];
  const made = await khaibao('new', '--text', TEXT, '--to', 'vehicles', ...plates, '--by', world.author.id);
  const campaign = await findCampaign(world.office.parts, idIn(made));
  expect(campaign?.plan.audience).toEqual({ kind: 'vehicles', plates: ['29B-123.45', '25B1-123.45'] });
});

test('a row of a workbook is told with its sheet', async () => {
  const file = join(folder, 'two.xlsx');
  const sheet = (name: string, phone: string) => ({
    sheet: name,
    data: [[{ value: 'Số ĐT' }], [{ value: phone }]],
  });
  const { default: write } = await import('write-excel-file/node');
  await write([sheet('Nà Cang', '0912345678'), sheet('Nậm Hàng', 'abc')]).toFile(file);
  const made = await khaibao(
    ...['new', '--text', TEXT, '--to', 'list', '--list', file, '--by', world.author.id],
  );
  expect(made).toContain('Nậm Hàng, row 2 was not taken: ');
});

test('of many rows that were not taken the first are told, and all are written to a file of one\u2019s own', async () => {
  const [file, rejected] = [join(folder, 'many.csv'), join(folder, 'rejected.csv')];
  await writeFile(file, `phone\n0912345678\n${'abc\n'.repeat(70)}`);
  const list = ['new', '--text', TEXT, '--to', 'list', '--list', file, '--by', world.author.id];
  expect(await khaibao(...list)).toContain('… and 20 more: --rejected FILE writes all of them to a file.');
  const made = await khaibao(...list, '--rejected', rejected);
  expect(made.match(/was not taken/g)).toHaveLength(50);
  expect(made).toContain(`All 70 rows that were not taken are in ${rejected}.\n1 of 71 numbers taken.`);
  const lines = (await readFile(rejected, 'utf8')).split('\r\n');
  expect([lines.length, lines[0], lines.at(-1)]).toEqual([72, '\uFEFFsheet,row,reason', '']);
  expect(lines[70]).toBe(',72,Không phải số điện thoại di động. / No mobile phone number.');
  expect((await stat(rejected)).mode & 0o777).toBe(0o600);
  const campaigns = await world.office.collections.campaigns.countDocuments();
  await expect(khaibao(...list, '--rejected', rejected)).rejects.toThrow(/it is there already/);
  expect(await world.office.collections.campaigns.countDocuments()).toBe(campaigns);
});
