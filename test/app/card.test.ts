import { readdir } from 'node:fs/promises';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { openDeclaration } from '../../src/services/declarations/record.ts';
import type { DeclarationDoc } from '../../src/store/declarations.ts';
import { startTestApp, type TestApp } from '../harness/app.ts';
import { chanceFrom, LEVELS, photograph } from '../harness/cards.ts';
import { openWebPhone } from '../harness/wires.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.end());

const CARD =
  '099090001234|012345678|GIÀNG THỊ MẪU|15031990|Nữ|Bản Nà Cang, Nậm Hàng, Nậm Nhùn, Lai Châu|15042021';

/** After the photo; what is on the card is not asked again. */
const AFTER: readonly (readonly [said: string, answer: string])[] = [
  ['0912 345 678', 'từ đâu đến đâu'],
  ['Hà Nội đến Than Uyên', 'Đi bằng gì'],
  ['xe khách', 'Biển số'],
  ['29B-123.45 ghế 12', 'Ngày đi'],
  ['hôm nay', 'ở lại đâu'],
  ['1', 'dấu hiệu nào'],
  ['không', 'điều nào'],
  ['không', 'đã đúng chưa'],
  ['gửi', 'Mã tra cứu'],
];

test('a first declaration with a photo of the card takes at most 12 turns, and the photo is kept nowhere', async () => {
  const { phone, sendPhoto } = await openWebPhone(app);
  const photo = await photograph(CARD, LEVELS.medium, chanceFrom(7));
  let turns = 3;
  await phone.say('Khai báo cho tôi');
  await phone.hear('đồng ý không');
  await phone.say('đồng ý');
  await phone.hear('thẻ căn cước');
  await sendPhoto(photo);
  await phone.hear('Số điện thoại');
  for (const [said, answer] of AFTER) {
    await phone.say(said);
    await phone.hear(answer);
    turns += 1;
  }
  phone.close();
  expect(turns).toBeLessThanOrEqual(12);

  const doc = await app.store.database.models.declarations.findOne().lean<DeclarationDoc>();
  if (doc === null) throw new Error('nothing was stored');
  const { sealed } = await openDeclaration({ sealer: app.store.sealer } as never, doc);
  expect(sealed.declared.person).toMatchObject({
    name: 'Giàng Thị Mẫu',
    born: '1990-03-15',
    sex: 'female',
    id: { kind: 'national', number: '099090001234' },
    home: { code: '03434', detail: 'Bản Nà Cang' },
  });
  expect(await readdir(app.dataDir)).toEqual(['keys.json']);
});
