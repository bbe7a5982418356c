import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { startTestApp, type TestApp } from '../harness/app.ts';
import { declareSick, invite, linkStaff } from '../harness/story.ts';
import { hearAll, terminalPhone, webPhone } from '../harness/wires.ts';

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
    await late.say(await invite(other, 'Tẩn A Muộn', '12'));
    const [, alert] = await hearAll(late, 'Tẩn A Muộn', 'Nguy cơ cao');
    expect(alert).toContain('S. T. C.');
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
  const citizen = terminalPhone(before, 'citizen');
  await declareSick(citizen, 'Phùng Văn Gấp');
  await nurse.hear('P. V. G.');
  for (const phone of [nurse, citizen]) phone.close();
  const after = await before.again();
  try {
    // As if the process had died after the commit and before the sending: nothing came, and it is on its way from here on.
    const { deliveries, mailboxes } = after.store.database.collections;
    await mailboxes.deleteMany({});
    await deliveries.updateMany(
      { purpose: 'alert' },
      { $set: { state: 'ready', readyAt: new Date(0) }, $unset: { sentAt: '' } },
    );
    const later = terminalPhone(after, 'nurse');
    expect(await later.hear('Nguy cơ cao')).toContain('P. V. G.');
    later.close();
  } finally {
    await after.end();
  }
});

test('a code of the staff links one chat only, and a wrong one tells nothing', async () => {
  const code = await invite(app, 'Lò Văn Một', '12');
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
    const [, again] = await hearAll(nurse, 'gửi lại', 'Nguy cơ cao');
    expect(again).toContain('S. A. L.');
    for (const phone of [nurse, citizen]) phone.close();
  } finally {
    await other.end();
  }
});
