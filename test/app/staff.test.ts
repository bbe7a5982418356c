import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { CHANNELS, type Platforms, startPlatforms } from '../bots/platforms.ts';
import { declareSick, linkStaff } from '../harness/story.ts';
import { terminalPhone } from '../harness/wires.ts';

let platforms: Platforms;
beforeAll(async () => {
  platforms = await startPlatforms();
});
afterAll(() => platforms.end());

describe.each(CHANNELS)('staff on %s', (name) => {
  test('link a chat, get an alert, take it on with its button; the other hears who has it', async () => {
    const { app } = platforms;
    const phone = (who: string) => platforms.platform(name).phone(app, `${name}-${who}`);
    const [nurse, doctor] = [await phone('nurse'), await phone('doctor')];
    await linkStaff(app, nurse, `Lò Thị ${name}`, 'Than Uyên');
    await linkStaff(app, doctor, `Vàng A ${name}`, 'Than Uyên');
    const citizen = terminalPhone(app, `citizen-${name}`);
    await declareSick(citizen, 'Giàng A Minh');

    expect(await nurse.hear('Nguy cơ cao')).not.toContain('Giàng A Minh');
    await doctor.hear('Nguy cơ cao');
    await nurse.press('Nhận');
    expect(await nurse.hear('Giàng A Minh')).toContain('0987000111');

    const news = await doctor.hear(`Lò Thị ${name} đã nhận`);
    expect(news).not.toContain('Giàng A Minh');
    // Where a message can be changed, the alert itself says so, and has no button any more; else a line says it.
    const edits = app.channels.get(name)?.capabilities.edits === true;
    expect(news.includes('Nguy cơ cao')).toBe(edits);
    expect(news).not.toContain('Đóng');

    await nurse.press('Đóng');
    await nurse.hear('Kết quả');
    for (const each of [nurse, doctor, citizen]) each.close();
    await app.store.database.models.staff.updateMany({}, { $set: { active: false } });
  });
});
