import { access, mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { intoPrivateFile } from '../../src/cli/privateFile.ts';
import { SendError } from '../../src/delivery/outgoing.ts';
import { SIN_HO } from '../services/alerts/office.ts';
import { Broadcast, FIRST } from '../services/campaigns/broadcast.ts';
import { campaignCli } from './campaignCli.ts';

let world: Broadcast;
let folder: string;
beforeAll(async () => {
  world = await Broadcast.open();
});
beforeEach(async () => {
  await world.begin();
  folder = await mkdtemp(join(tmpdir(), 'khaibao-calls-'));
});
afterAll(() => world.close());

const khaibao = (...args: readonly string[]): Promise<string> => campaignCli(world, args);
const BLOCKED = new SendError('stopped', 'telegram.403');

/** A campaign of a day that is over, and reached nobody whose address is named. */
const over = async (addresses: readonly string[], ...how: Parameters<Broadcast['approved']>) => {
  for (const address of addresses) world.answers.set(address, BLOCKED);
  const id = await world.approved({ days: 1, channels: ['telegram'], ...how[0] }, how[1]);
  world.start();
  await world.tick(FIRST, '07:30');
  await world.tick(FIRST, '08:00');
  await world.quiet();
  await world.tick(FIRST, '20:30');
  await world.tick(FIRST, '20:40');
  return id;
};

test('names and numbers of the unreached by commune, for its owner alone; who took them out is noted', async () => {
  const reached = await world.citizen({ name: 'Giàng A Chìa' });
  const gone = [
    await world.citizen({ area: SIN_HO, name: '=HYPERLINK("x")', phone: '+84912345678' }),
    await world.citizen({ name: 'Lò Thị Mai' }),
    await world.citizen({ person: false }),
  ];
  const id = await over(gone.map(({ address }) => address));
  const out = join(folder, 'calls.csv');
  const said = await khaibao('call-list', id, '--out', out, '--by', world.second.id);
  expect(said).toMatch(
    /^5 not reached, 4 of them without a known number: written to .*calls\.csv\.\nIt holds names/,
  );
  const lines = (await readFile(out, 'utf8')).split('\r\n');
  expect(lines.slice(0, 3)).toEqual([
    '\uFEFF"xã, phường",họ tên,điện thoại,lý do',
    `"xã Sìn Hồ, Lai Châu","'=HYPERLINK(""x"")",0912 345 678,đã chặn hoặc đóng cuộc trò chuyện`,
    '"xã Than Uyên, Lai Châu",Lò Thị Mai,,đã chặn hoặc đóng cuộc trò chuyện',
  ]);
  expect(lines.slice(3).sort()).toEqual([
    '',
    ',,,không có kênh để gửi',
    ',,,không có kênh để gửi',
    ',,,đã chặn hoặc đóng cuộc trò chuyện',
  ]);
  expect(world.took.some(({ address }) => address === reached.address)).toBe(true);
  expect((await stat(out)).mode & 0o777).toBe(0o600);
  await expect(khaibao('call-list', id, '--out', out, '--by', world.author.id)).rejects.toThrow(
    /cannot be written: it is there already/,
  );
  expect((await readFile(out, 'utf8')).split('\r\n')).toEqual(lines);
  const taken = (await world.office.collections.campaigns.findOne({ _id: id }))?.history.slice(3);
  expect(taken).toEqual([{ what: 'callList', by: world.second.id, at: new Date(world.office.now) }]);
  expect(await khaibao('show', id)).toContain(
    `Names and numbers of the unreached taken out by ${world.second.id}: 2026-11-24 20:40.`,
  );
});

test('numbers of an imported list are in it, with the name of whoever declared under them last', async () => {
  const [old, last] = [
    await world.citizen({ name: 'Lò Văn Cũ', phone: '+84912000001' }),
    await world.citizen({ name: 'Lò Văn Mới', phone: '+84912000001' }),
  ];
  const { people, conversations } = world.office.collections;
  await people.updateOne({ _id: old.person ?? '' }, { $set: { deleteAt: new Date(world.office.now) } });
  await conversations.deleteMany({ _id: { $in: [old.chat, last.chat] } });
  const id = await over([], { audience: { kind: 'list' }, channels: ['sms'] }, [
    '+84912000001',
    '+84987654321',
  ]);
  const out = join(folder, 'list.csv');
  await khaibao('call-list', id, '--out', out, '--by', world.author.id);
  const lines = (await readFile(out, 'utf8')).split('\r\n').slice(1);
  expect(lines.sort()).toEqual([
    '',
    ',,0987 654 321,không có kênh để gửi',
    ',Lò Văn Mới,0912 000 001,không có kênh để gửi',
  ]);
});

test('whoever may not send campaigns gets no names, nor does anybody before it is over', async () => {
  const id = await world.approved();
  const out = join(folder, 'no.csv');
  await expect(khaibao('call-list', id, '--out', out, '--by', world.author.id)).rejects.toThrow(
    /is not over/,
  );
  const nobody = { role: 'duty' as const };
  await world.office.collections.staff.updateOne({ _id: world.second.id }, { $set: nobody });
  await expect(khaibao('call-list', id, '--out', out, '--by', world.second.id)).rejects.toThrow(
    /for leaders and administrators of the province/,
  );
  await expect(access(out)).rejects.toThrow(/ENOENT/);
});

test('a file that could not be written whole is not left there', async () => {
  const file = join(folder, 'half.csv');
  function* broken() {
    yield 'half';
    throw new Error('the database is gone');
  }
  await expect(intoPrivateFile(file, (put) => put(broken()))).rejects.toThrow('the database is gone');
  await expect(access(file)).rejects.toThrow(/ENOENT/);
  await rm(folder, { recursive: true });
});
