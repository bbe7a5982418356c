import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { staffAdd } from '../../src/cli/staff.ts';
import { partsOf } from '../../src/cli/withStore.ts';
import { startTestApp, type TestApp } from '../harness/app.ts';
import { declareSick, linkStaff } from '../harness/story.ts';
import { terminalPhone, webPhone } from '../harness/wires.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.end());

test('a risky declaration reaches the duty staff of the place, and one of them claims it', async () => {
  const [nurse, doctor, citizen] = [await webPhone(app), terminalPhone(app, 'doctor'), await webPhone(app)];
  await linkStaff(app, nurse, 'Lò Thị Trực', 'Than Uyên');
  await linkStaff(app, doctor, 'Vàng A Sĩ', 'Than Uyên');
  await declareSick(citizen, 'Giàng A Minh');

  const alert = await nurse.hear('Nguy cơ cao');
  expect(alert).toContain('G. A. M.');
  expect(alert).not.toContain('Giàng A Minh');
  await doctor.hear('Nguy cơ cao');

  await doctor.say('nhận');
  expect(await doctor.hear('Giàng A Minh')).toContain('0987000111');
  expect(await nurse.hear('Vàng A Sĩ')).not.toContain('Giàng A Minh');
  const alerts = await app.store.database.models.alerts.find().lean();
  expect(alerts).toMatchObject([{ state: 'claimed', level: 'high', area: '12/03595' }]);
  for (const phone of [nurse, doctor, citizen]) phone.close();
});

test('an alert nobody is there for waits, and goes to the first who comes', async () => {
  const citizen = terminalPhone(app, 'citizen-late');
  const other = await startTestApp();
  try {
    const lonely = terminalPhone(other, 'citizen-alone');
    await declareSick(lonely, 'Sùng Thị Chờ');
    lonely.close();
    const late = await webPhone(other);
    await linkStaff(other, late, 'Tẩn A Muộn', '12');
    expect(await late.hear('Nguy cơ cao')).toContain('S. T. C.');
    late.close();
  } finally {
    citizen.close();
    await other.end();
  }
});

test('a restart between the commit and the sending loses no alert', async () => {
  const before = await startTestApp();
  const nurse = terminalPhone(before, 'nurse');
  await linkStaff(before, nurse, 'Lý Thị Đêm', '12');
  nurse.close();
  const { deliveries } = before.store.database.collections;
  const citizen = terminalPhone(before, 'citizen');
  await declareSick(citizen, 'Phùng Văn Gấp');
  citizen.close();
  const after = await before.again();
  try {
    // As if the process had died after the commit and before the sending.
    await after.store.database.collections.deliveries.updateMany(
      { purpose: 'alert' },
      { $set: { state: 'ready', readyAt: new Date(0) }, $unset: { sentAt: '' } },
    );
    await after.store.database.collections.mailboxes.deleteMany({});
    const later = terminalPhone(after, 'nurse');
    expect(await later.hear('Nguy cơ cao')).toContain('P. V. G.');
    later.close();
    expect(deliveries.collectionName).toBe('deliveries');
  } finally {
    await after.end();
  }
});

test('a code of the staff links one chat only, and a wrong one tells nothing', async () => {
  const said = await staffAdd(partsOf(app.store), { name: 'Lò Văn Một', role: 'duty', area: '12' });
  const code = /NV-\S+/.exec(said)?.[0] ?? '';
  const [first, second] = [terminalPhone(app, 'first'), terminalPhone(app, 'second')];
  await first.say(code);
  await first.hear('Lò Văn Một');
  await second.say(code);
  const answer = await second.hear('Mã');
  expect(answer).not.toContain('Lò Văn Một');
  first.close();
  second.close();
});

test('an alert whose person is not reached is not over: it goes out again', async () => {
  const other = await startTestApp();
  try {
    const [nurse, citizen] = [terminalPhone(other, 'night'), terminalPhone(other, 'silent')];
    await linkStaff(other, nurse, 'Lò Thị Thức', '12');
    await declareSick(citizen, 'Sùng A Lặng');
    await nurse.hear('S. A. L.');
    await nurse.say('nhận');
    await nurse.hear('Sùng A Lặng');
    await nurse.say('đóng');
    await nurse.hear('Kết quả');
    await nurse.say('Không liên lạc được');
    await nurse.hear('Ghi chú');
    await nurse.say('gọi ba lần không nghe máy');
    await nurse.hear('gửi lại');
    expect(await nurse.hear('S. A. L.')).toContain('Nguy cơ cao');
    for (const phone of [nurse, citizen]) phone.close();
  } finally {
    await other.end();
  }
});
