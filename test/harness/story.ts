import { staffAdd } from '../../src/cli/staff.ts';
import { partsOf } from '../../src/cli/withStore.ts';
import type { TestApp } from './app.ts';
import type { Phone } from './wires.ts';

/** Takes a made-up staff member on; gives the code that links a phone to them. */
export const invite = async (app: TestApp, name: string, area: string, role = 'duty'): Promise<string> => {
  const said = await staffAdd(partsOf(app.store), { name, role, area });
  return /NV-\S+/.exec(said)?.[0] ?? '';
};

/** Takes a made-up staff member on and links this phone to them; they are on duty afterwards. */
export const linkStaff = async (app: TestApp, phone: Phone, name: string, area: string): Promise<void> => {
  await phone.say(await invite(app, name, area));
  await phone.hear(name);
};

/** Somebody with fever who has trouble breathing, on the way to Than Uyên; each line and what must be heard before the next. */
export const SICK = (name: string): readonly (readonly [string, string])[] => [
  ['khai báo', 'đồng ý không'],
  ['đồng ý', 'khai cho ai'],
  ['cho tôi', 'thẻ căn cước'],
  ['không có', 'Họ và tên'],
  [`${name}, 1988, nam`, 'Số căn cước'],
  ['099088004321', 'Số điện thoại'],
  ['0987 000 111', 'Nơi ở'],
  ['bản Hua Chải, xã Mường Kim', 'từ đâu đến đâu'],
  ['Lào Cai đến Than Uyên', 'Đi bằng gì'],
  ['xe khách', 'Biển số'],
  ['24B-000.11 ghế 7', 'Ngày đi'],
  ['hôm nay', 'ở lại đâu'],
  ['1', 'dấu hiệu nào'],
  ['sốt, khó thở', 'điều nào'],
  ['không', 'đã đúng chưa'],
  ['gửi', 'Kết quả'],
];

export const declareSick = async (phone: Phone, name: string): Promise<void> => {
  for (const [said, answer] of SICK(name)) {
    await phone.say(said);
    await phone.hear(answer);
  }
};
