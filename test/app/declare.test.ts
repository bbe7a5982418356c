import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { dayOf } from '../../src/domain/day.ts';
import { openDeclaration } from '../../src/services/declarations/record.ts';
import type { DeclarationDoc } from '../../src/store/declarations.ts';
import { CHANNELS, type Platforms, startPlatforms } from '../bots/platforms.ts';
import type { TestApp } from '../harness/app.ts';
import { type Phone, terminalPhone } from '../harness/wires.ts';

let platforms: Platforms;
let app: TestApp;
beforeAll(async () => {
  platforms = await startPlatforms();
  app = platforms.app;
});
afterAll(() => platforms.end());

/** What the person says, and a part of the answer that must come before they go on. */
const TALK: readonly (readonly [said: string, answer: string])[] = [
  ['khai báo', 'đồng ý không'],
  ['đồng ý', 'khai cho ai'],
  ['cho tôi', 'thẻ căn cước'],
  ['không có', 'Họ và tên'],
  ['Lò Thị Mẫu', 'Ngày sinh'],
  ['15/3/1990', 'Giới tính'],
  ['nữ', 'Số căn cước'],
  ['099190001234', 'Số điện thoại'],
  ['0912 345 678', 'Nơi ở'],
  ['bản Nà Cang, xã Nậm Hàng', 'từ đâu đến đâu'],
  ['Hà Nội đến Than Uyên', 'Đi bằng gì'],
  ['xe khách', 'Biển số'],
  ['29B-123.45 ghế 12', 'Ngày đi'],
  ['hôm nay', 'ở lại đâu'],
  ['1', 'dấu hiệu nào'],
  ['không', 'điều nào'],
  ['không', 'đã đúng chưa'],
  ['gửi', 'Mã tra cứu'],
];

const declareOver = async (phone: Phone): Promise<string> => {
  let last = '';
  for (const [said, answer] of TALK) {
    await phone.say(said);
    last = await phone.hear(answer);
  }
  phone.close();
  return /Mã tra cứu: (\S+)\./.exec(last)?.[1] ?? '';
};

const stored = async (code: string) => {
  const { database, index, sealer } = app.store;
  const codeIndex = index('lookupCode', code.replaceAll('-', ''));
  const doc = await database.models.declarations.findOne({ codeIndex }).lean<DeclarationDoc>();
  if (doc === null) throw new Error('no declaration under this code');
  return openDeclaration({ sealer } as never, doc);
};

describe('the whole app', () => {
  test.each(CHANNELS)('the whole talk over %s ends in the same declaration', async (name) => {
    const phone = await platforms.platform(name).phone(app, 'citizen');
    const days = [dayOf(Date.now())];
    const { doc, sealed } = await stored(await declareOver(phone));
    days.push(dayOf(Date.now())); // "today" was said on one of them
    expect(sealed.declared).toEqual({
      person: {
        name: 'Lò Thị Mẫu',
        born: '1990-03-15',
        sex: 'female',
        id: { kind: 'national', number: '099190001234' },
        phone: '+84912345678',
        home: { code: '03434', said: 'bản Nà Cang, xã Nậm Hàng', detail: 'bản Nà Cang' },
      },
      trip: {
        from: { code: '01', said: 'Hà Nội đến Than Uyên' },
        to: { code: '03595', said: 'Hà Nội đến Than Uyên' },
        means: 'coach',
        vehicle: '29B-123.45',
        seat: '12',
        day: expect.stringMatching(days.join('|')),
      },
      stay: { code: '03595', said: 'Hà Nội đến Than Uyên' },
      health: { symptoms: [], exposures: [], places: [] },
    });
    expect(doc).toMatchObject({ status: 'valid', area: '12/03595', level: 'low', version: 1 });
  });

  test('a draft, the talk and the code survive a restart of the process', async () => {
    const phone = terminalPhone(app, 'citizen-2');
    for (const [said, answer] of TALK.slice(0, 9)) {
      await phone.say(said);
      await phone.hear(answer);
    }
    phone.close();
    app = await app.again();
    const later = terminalPhone(app, 'citizen-2');
    for (const [said, answer] of TALK.slice(9)) {
      await later.say(said);
      await later.hear(answer);
    }
    later.close();
  });
});
