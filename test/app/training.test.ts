import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { exerciseName } from '../../src/app/training.ts';
import { staffEnd } from '../../src/cli/staff.ts';
import { trainingStatus, trainingWipe } from '../../src/cli/training.ts';
import { partsOf } from '../../src/cli/withStore.ts';
import { openDeclaration } from '../../src/services/declarations/record.ts';
import { openStaff } from '../../src/services/staff/record.ts';
import type { DeclarationDoc } from '../../src/store/declarations.ts';
import { startTestApp, type TestApp } from '../harness/app.ts';
import { declareSick, invite, linkStaff } from '../harness/story.ts';
import { startFakeTelegram } from '../harness/telegram/server.ts';
import { openWebPhone, type Phone, terminalPhone, webPhone } from '../harness/wires.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.end());

const counts = async (database: TestApp['store']['database']) => {
  const { declarations, alerts, people, deliveries } = database.models;
  const all = [declarations, alerts, people, deliveries].map((model) => model.estimatedDocumentCount());
  return Promise.all(all);
};

const metric = async (name: string): Promise<string | undefined> =>
  new RegExp(`^${name} (\\S+)$`, 'm').exec(await (await fetch(`${app.url}/metrics`)).text())?.[1];

const begin = async (phone: Phone): Promise<void> => {
  await phone.say('diễn tập');
  await phone.hear('Bắt đầu diễn tập');
  await phone.say('có');
  await phone.hear('Đã vào diễn tập');
};

test('an exercise in one chat: marked, told to those who train only, counted nowhere, wiped by one command', async () => {
  const trainee = terminalPhone(app, 'trainee');
  const [other, third] = [terminalPhone(app, 'other'), terminalPhone(app, 'third')];
  for (const [phone, name] of [
    [trainee, 'Lò Thị Tập'],
    [other, 'Vàng A Thật'],
    [third, 'Sùng A Tập'],
  ] as const)
    await linkStaff(app, phone, name, 'Than Uyên');
  await begin(trainee);
  await begin(third);
  const before = await counts(app.store.database);

  await declareSick(trainee, 'Giàng A Giả');
  const alert = await third.hear('Nguy cơ cao');
  expect(alert).toContain('[DIỄN TẬP]');
  expect(alert).toContain('G. A. G.');
  await third.say('nhận');
  const card = await third.hear('Giàng A Giả');
  expect(card).toContain('[DIỄN TẬP]');
  await trainee.say('tờ khai của tôi');
  const list = await trainee.hear('Giàng A Giả');
  expect(list).toContain('[DIỄN TẬP]');

  expect(await counts(app.store.database)).toEqual(before);
  expect(await metric('khaibao_alerts_claimed')).toBe('0');
  expect(await metric('khaibao_alerts_open')).toBe('0');

  // The other nurse heard nothing of it, and a real risk reaches all three, unmarked.
  const citizen = await webPhone(app);
  await declareSick(citizen, 'Phùng Thị Thực');
  const real = await other.hear('Nguy cơ cao');
  expect(real).toContain('P. T. T.');
  expect(real).not.toContain('DIỄN TẬP');
  const amid = await trainee.hear('P. T. T.');
  expect(amid).not.toContain('[DIỄN TẬP]');
  expect(amid).toContain('VIỆC THẬT');

  await trainee.say('diễn tập');
  await trainee.hear('Kết thúc diễn tập');
  await trainee.say('có');
  expect(await trainee.hear('Đã kết thúc')).not.toContain('[DIỄN TẬP]');
  await trainee.say('nhận');
  expect(await trainee.hear('Phùng Thị Thực')).not.toContain('[DIỄN TẬP]');

  const parts = partsOf(app.store);
  expect(await trainingStatus(parts)).toContain('declarations: 1');
  await expect(trainingWipe(parts, false)).rejects.toThrow('--yes');
  expect(await trainingWipe(parts, true)).toMatch(/^\d+ records of exercises deleted\.$/);
  expect(await trainingStatus(parts)).toBe('Exercises have left nothing behind.');
  expect(await app.store.database.models.alerts.countDocuments()).toBe(1);

  // Whoever was still in it is out of it, and knows.
  await third.say('cảnh báo');
  expect(await third.hear('việc thật')).not.toContain('[DIỄN TẬP]');
  await third.say('cảnh báo');
  await third.hear('Không có cảnh báo');
  for (const phone of [trainee, other, third, citizen]) phone.close();
});

test('whoever types for an alert in an exercise while a real one waits gets the real one, and is out of it', async () => {
  const [one, two] = [terminalPhone(app, 'typing-1'), terminalPhone(app, 'typing-2')];
  await linkStaff(app, one, 'Lò Thị Gõ', 'Than Uyên');
  await linkStaff(app, two, 'Vàng A Gõ', 'Than Uyên');
  await begin(one);
  await begin(two);
  await declareSick(two, 'Giàng A Tập');
  await one.hear('G. A. T.');
  const citizen = await webPhone(app);
  await declareSick(citizen, 'Sùng Thị Thật');
  await one.hear('S. T. T.');
  await one.say('nhận');
  const card = await one.hear('Sùng Thị Thật');
  expect(card).toContain('Từ đây là việc thật');
  expect(card).not.toContain('[DIỄN TẬP]');
  for (const each of [one, two, citizen]) each.close();
});

test('whose service is ended practises no more: nothing that was said in the exercise becomes real', async () => {
  const [asks, declares] = [terminalPhone(app, 'ended-1'), terminalPhone(app, 'ended-2')];
  await linkStaff(app, asks, 'Lò Thị Nghỉ', 'Than Uyên');
  await linkStaff(app, declares, 'Vàng A Nghỉ', 'Than Uyên');
  for (const phone of [asks, declares]) await begin(phone);
  const parts = partsOf(app.store);
  const before = await counts(app.store.database);
  const { staff } = app.store.database.collections;
  const members = await staff.find({ active: true }).toArray();
  for (const doc of members) {
    const { name } = await openStaff(parts, doc);
    if (name.endsWith('Nghỉ')) await staffEnd(parts, doc._id);
  }

  await asks.say('cảnh báo');
  expect(await asks.hear('việc thật')).not.toContain('[DIỄN TẬP]');

  // What anybody may do is answered once more, as the exercise it was meant for.
  await declares.say('khai báo');
  expect(await declares.hear('đồng ý không')).toContain('[DIỄN TẬP]');
  await declares.say('đồng ý');
  expect(await declares.hear('Từ đây là việc thật')).not.toContain('[DIỄN TẬP]');
  expect(await counts(app.store.database)).toEqual(before);
  for (const phone of [asks, declares]) phone.close();
});

test('an exercise goes to nobody who has left it', async () => {
  const [stays, leaves] = [terminalPhone(app, 'stays'), terminalPhone(app, 'leaves')];
  await linkStaff(app, stays, 'Lò Thị Ở', 'Than Uyên');
  await linkStaff(app, leaves, 'Vàng A Về', 'Than Uyên');
  await begin(stays);
  await begin(leaves);
  // As an exercise that has run out: the chat is out of it, and the exercises still have it on their list.
  const { staff } = app.store.database.sibling(exerciseName(app.store.database.connection.name)).models;
  const listed = await staff.find().lean();
  await leaves.say('diễn tập');
  await leaves.hear('Kết thúc');
  await leaves.say('có');
  await leaves.hear('Đã kết thúc');
  for (const { _id, chats } of listed) await staff.updateOne({ _id }, { $set: { chats } });
  await declareSick(stays, 'Giàng A Muộn');
  await stays.hear('G. A. M.');
  await leaves.say('cảnh báo');
  expect(await leaves.hear('cảnh báo')).not.toContain('[DIỄN TẬP]');
  for (const each of [stays, leaves]) each.close();
});

test('the button of a real alert works in a chat that is in an exercise, and ends the exercise', async () => {
  const { phone, press } = await openWebPhone(app);
  await linkStaff(app, phone, 'Lý Thị Nút', 'Than Uyên');
  await begin(phone);
  const citizen = await webPhone(app);
  await declareSick(citizen, 'Chang A Gấp');
  const { alerts } = app.store.database.models;
  const newest = await alerts.findOne().sort({ at: -1 }).lean();
  await press(`/go:alert:do=claim&id=${newest?._id}`);
  const card = await phone.hear('Chang A Gấp');
  expect(card).not.toContain('[DIỄN TẬP]');
  expect(card).toContain('Từ đây là việc thật');
  expect(await alerts.findById(newest?._id).lean()).toMatchObject({ state: 'claimed' });
  for (const each of [phone, citizen]) each.close();
});

test('a code made in an exercise is worth nothing at a checkpoint, and unknown outside', async () => {
  const [nurse, stranger] = [terminalPhone(app, 'nurse'), terminalPhone(app, 'stranger')];
  await linkStaff(app, nurse, 'Tẩn Thị Mã', '12');
  await begin(nurse);
  await declareSick(nurse, 'Hảng A Thử');
  const training = app.store.database.sibling(exerciseName(app.store.database.connection.name));
  const doc = await training.models.declarations.findOne().lean<DeclarationDoc>();
  if (doc === null) throw new Error('no declaration among the exercises');
  const token = app.store.tokens.sign({
    id: doc._id,
    issuedAt: Date.now(),
    expiresAt: Date.now() + 60_000,
  });
  const page = await (await fetch(`${app.url}/q/${token}`, { headers: { 'accept-language': 'vi' } })).text();
  expect(page).toContain('Tờ khai diễn tập');
  const { sealed } = await openDeclaration({ sealer: app.store.sealer } as never, doc);
  await stranger.say(sealed.code);
  await stranger.hear('4 số cuối');
  await stranger.say('0111');
  expect(await stranger.hear('chưa đúng')).not.toContain('Hảng A Thử');
  for (const phone of [nurse, stranger]) phone.close();
});

test('the code of a real traveller at a checkpoint ends the exercise: nobody is sent back for it', async () => {
  const [officer, citizen] = [terminalPhone(app, 'officer'), await webPhone(app)];
  await declareSick(citizen, 'Chang A Đường');
  const doc = await app.store.database.models.declarations.findOne().sort({ at: -1 }).lean<DeclarationDoc>();
  if (doc === null) throw new Error('no declaration');
  const { sealed } = await openDeclaration({ sealer: app.store.sealer } as never, doc);
  await officer.say(await invite(app, 'Sùng A Chốt', '12', 'officer'));
  await officer.hear('Sùng A Chốt');
  await begin(officer);
  for (const [said, answer] of [
    ['qua chốt', 'chốt nào'],
    ['1', 'Gõ mã tra cứu'],
  ] as const) {
    await officer.say(said);
    await officer.hear(answer);
  }
  await officer.say(sealed.code);
  const seen = await officer.hear('Quyết định tại');
  expect(seen).toContain('Tờ khai còn giá trị');
  expect(seen).not.toContain('[DIỄN TẬP]');
  await officer.say('cho qua');
  expect(await officer.hear('Đã ghi tại')).not.toContain('[DIỄN TẬP]');
  expect(await app.store.database.models.passages.countDocuments({ declaration: doc._id })).toBe(1);
  for (const phone of [officer, citizen]) phone.close();
});

test('KHAIBAO_MODE=training: the whole server is an exercise, on a database of its own', async () => {
  const drill = await startTestApp({ KHAIBAO_MODE: 'training' });
  try {
    expect(drill.store.database.connection.name).toMatch(/-training$/);
    const page = await (await fetch(drill.url, { headers: { 'accept-language': 'vi' } })).text();
    expect(page).toContain('[DIỄN TẬP]');
    const [nurse, citizen] = [await webPhone(drill), await webPhone(drill)];
    await linkStaff(drill, nurse, 'Lò Thị Chung', '12');
    await nurse.say('diễn tập');
    expect(await nurse.hear('Cả hệ thống')).toContain('[DIỄN TẬP]');
    await declareSick(citizen, 'Giàng Thị Chung');
    expect(await nurse.hear('Nguy cơ cao')).toContain('[DIỄN TẬP]');
    expect(await trainingWipe(partsOf(drill.store), true)).toContain('records');
    expect(await drill.store.database.models.declarations.countDocuments()).toBe(0);
    nurse.close();
    citizen.close();
  } finally {
    await drill.end();
  }
});

test('a database with the name of an exercise is not opened as a real one', async () => {
  await expect(startTestApp({ MONGODB_URI: `${app.uri.replace(/\?.*$/, '')}-training` })).rejects.toThrow(
    'has the name of an exercise',
  );
});

test('a bot that speaks to real citizens serves no exercise, and the other way round', async () => {
  const fake = await startFakeTelegram();
  const env = { TELEGRAM_BOT_TOKEN: fake.token, TELEGRAM_API_ROOT: fake.apiRoot };
  const server = await startTestApp(env);
  try {
    const drill = { ...env, MONGODB_URI: server.uri, KHAIBAO_MODE: 'training' };
    await expect(startTestApp(drill)).rejects.toThrow('an exercise needs a bot of its own');
  } finally {
    await server.end();
  }
  const drill = await startTestApp({ ...env, KHAIBAO_MODE: 'training' });
  try {
    const real = { ...env, MONGODB_URI: drill.uri, DATA_DIR: drill.dataDir };
    await expect(startTestApp(real)).rejects.toThrow('belongs to an exercise');
    await trainingWipe(partsOf(drill.store), true);
    await (await startTestApp(real)).stop();
  } finally {
    await drill.end();
    await fake.close();
  }
});
