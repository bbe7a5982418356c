import { expect, test } from '@jest/globals';
import { startTestApp } from '../harness/app.ts';
import { declareSick, linkStaff } from '../harness/story.ts';
import { terminalPhone } from '../harness/wires.ts';
import { until } from '../services/converse/toy.ts';

const MINUTE = 60_000;

test('in the app: five minutes unclaimed, and the next on the ladder hears; the stop takes seconds', async () => {
  const app = await startTestApp();
  const phones = ['nurse', 'doctor', 'citizen'].map((name) => terminalPhone(app, name));
  const [nurse, doctor, citizen] = phones as [(typeof phones)[0], (typeof phones)[0], (typeof phones)[0]];
  try {
    await linkStaff(app, nurse, 'Lò Thị Trực', 'Than Uyên');
    await linkStaff(app, doctor, 'Vàng A Sĩ', '12');
    await declareSick(citizen, 'Giàng A Minh');
    await nurse.hear('Nguy cơ cao');
    const { alerts, ticks } = app.store.database.collections;
    const doc = await alerts.findOne({});
    const ago = new Date(Date.now() - 5 * MINUTE - 1_000);
    await alerts.updateOne({ _id: doc?._id ?? '' }, { $set: { nobodySince: ago, climbAt: new Date() } });
    expect(await doctor.hear('Chưa ai nhận sau 5 phút')).toContain('G. A. M.');
    // It is noted after what it sent has left.
    await until(async () => (await ticks.findOne({ _id: 'alertsClimb' }))?.endedAt !== undefined);
  } finally {
    for (const phone of phones) phone.close();
    const before = Date.now();
    await app.stop();
    const took = Date.now() - before;
    await app.end();
    expect(took).toBeLessThan(30_000); // 10 s are the clock's own limit; a busy machine needs some more for the rest
  }
});
