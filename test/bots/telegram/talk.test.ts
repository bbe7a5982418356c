import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { openDeclaration } from '../../../src/services/declarations/record.ts';
import type { DeclarationDoc } from '../../../src/store/declarations.ts';
import { startTestApp, type TestApp } from '../../harness/app.ts';
import { chanceFrom, LEVELS, photograph } from '../../harness/cards.ts';
import { type FakeTelegram, type FakeUser, startFakeTelegram } from '../../harness/telegram/server.ts';
import { phoneOf } from './phone.ts';
import { isSetUp, until } from './stand.ts';

let fake: FakeTelegram;
let app: TestApp;
let user: FakeUser;
beforeAll(async () => {
  fake = await startFakeTelegram();
  app = await startTestApp({ TELEGRAM_BOT_TOKEN: fake.token, TELEGRAM_API_ROOT: fake.apiRoot });
  user = fake.user();
});
afterAll(async () => {
  await app.end();
  await fake.close();
});

const CARD =
  '099090001234|012345678|GIÀNG THỊ MẪU|15031990|Nữ|Bản Nà Cang, Nậm Hàng, Nậm Nhùn, Lai Châu|15042021';
/** In the commune of Than Uyên. */
const HERE = [21.96, 103.89] as const;

/** The messages whose buttons were pressed. */
const pressed = new Set<number>();
/** Presses the newest button whose words begin so. */
const tap = (begins: string): void => {
  const fits = (label: string): boolean => label.replace(/^[☑☐] /, '').startsWith(begins);
  const message = user.screen().findLast(({ inline }) => inline.flat().some(fits));
  if (message !== undefined) pressed.add(message.id);
  user.press(message?.inline.flat().findLast(fits) ?? begins);
};

test('somebody declares by polling with their thumb: buttons, a photo, their number, their place', async () => {
  const { hear } = phoneOf(user);
  const photo = await photograph(CARD, LEVELS.medium, chanceFrom(7));
  const steps: readonly (readonly [act: () => unknown, answer: string])[] = [
    [() => user.command('start'), 'Anh/chị cần gì'],
    [() => tap('Khai báo cho tôi'), 'đồng ý không'],
    [() => tap('Đồng ý'), 'thẻ căn cước'],
    [() => user.sendPhoto(photo), 'Số điện thoại'],
    [() => user.sharePhone('84912345678'), 'từ đâu đến đâu'],
    [() => user.say('Hà Nội đến Than Uyên'), 'Đi bằng gì'],
    [() => tap('Xe khách'), 'Biển số'],
    [() => user.say('29B-123.45 ghế 12'), 'Ngày đi'],
    [() => tap('Hôm nay'), 'ở lại đâu'],
    [() => user.shareLocation(...HERE), 'Ý anh/chị là nơi nào'],
    [() => tap('xã Than Uyên'), 'dấu hiệu nào'],
    [() => tap('Sốt'), '☑ Sốt'],
    [() => tap('Xong'), 'điều nào'],
    [() => tap('Không'), 'đã đúng chưa'],
    [() => tap('Đúng, gửi'), 'Mã tra cứu'],
  ];
  for (const [act, answer] of steps) {
    act();
    await hear(answer);
  }
  const doc = await app.store.database.models.declarations.findOne().lean<DeclarationDoc>();
  if (doc === null) throw new Error('nothing was stored');
  const { sealed } = await openDeclaration({ sealer: app.store.sealer } as never, doc);
  expect(sealed.declared).toMatchObject({
    person: { name: 'Giàng Thị Mẫu', phone: '+84912345678', home: { code: '03434' } },
    trip: { means: 'coach', vehicle: '29B-123.45', seat: '12' },
    stay: { code: '03595' },
    health: { symptoms: ['fever'] },
  });
  await until('every press was answered', () => user.waiting() === 0);
  await until('all is confirmed', () => fake.pending() === 0);
});

test('a tick changes the message it stands on, and nothing was sent that Telegram refuses', async () => {
  const edits = fake.calls.filter(
    ({ method, params }) => method === 'editMessageText' && params.reply_markup,
  );
  expect(edits).toHaveLength(1);
  const refused = fake.calls.filter(({ answer }) => answer !== undefined && answer.status !== 200);
  expect(refused.map(({ method, answer }) => [method, answer?.description])).toEqual([]);
});

test('a message whose button was pressed has none any more; the last one offers what can be done next', async () => {
  expect(pressed.size).toBe(8);
  const stillThere = () => user.screen().filter(({ id, inline }) => pressed.has(id) && inline.length > 0);
  await until('the pressed ones are gone', () => stillThere().length === 0);
  // By the same words as the first button that was pressed: to look for the words alone is a matter of luck.
  const next = (): readonly string[] => user.screen().at(-1)?.inline.flat() ?? [];
  await until('it can be begun anew', () => next().includes('Khai báo cho tôi'));
});

test('the QR that came has the code under it', () => {
  const qr = user.screen().find(({ photo }) => photo !== undefined);
  expect(qr?.caption).toMatch(/Mã tra cứu: [0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{3}/);
});

test('the commands menu holds what a citizen can begin, in words of both languages', async () => {
  await until('it is set up', () => isSetUp(fake));
  const vi = fake.commands();
  expect(vi).toEqual(expect.arrayContaining([{ command: 'khaibao', description: 'Tờ khai y tế' }]));
  expect(vi.map(({ command }) => command)).not.toContain('canhbao');
  expect(fake.commands('en')).toHaveLength(vi.length);
});

test('a link in a bus begins a declaration', async () => {
  const passenger = fake.user();
  passenger.command('start v_29B12345');
  await phoneOf(passenger).hear('đồng ý không');
});
