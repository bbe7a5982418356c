import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { startTestApp, type TestApp } from '../harness/app.ts';
import { declareSick } from '../harness/story.ts';
import { type Phone, terminalPhone } from '../harness/wires.ts';

let app: TestApp;
let code: string;
beforeAll(async () => {
  app = await startTestApp();
  const owner = terminalPhone(app, 'owner');
  await declareSick(owner, 'Chang A Của');
  await owner.say('tờ khai của tôi');
  code = /Tờ khai (\S+)/.exec(await owner.hear('còn giá trị'))?.[1] ?? '';
  owner.close();
});
afterAll(() => app.end());

const typed = async (phone: Phone, ...said: readonly (readonly [string, string])[]): Promise<string> => {
  let last = '';
  for (const [text, answer] of said) {
    await phone.say(text);
    last = await phone.hear(answer);
  }
  phone.close();
  return last;
};

test('the code and the end of the number open a declaration on another phone, at once', async () => {
  const other = terminalPhone(app, 'other');
  expect(await typed(other, [code, '4 số cuối'], ['0111', 'Chang A Của'])).toContain(code);
});

test('the code alone, or with a wrong number, shows nothing of the person', async () => {
  const stranger = terminalPhone(app, 'stranger');
  const answer = await typed(stranger, [code, '4 số cuối'], ['9999', 'chưa đúng']);
  expect(answer).not.toContain('Chang');
});

test('a code with a slip is told without a look into the database', async () => {
  const swapped = code.replace(/^(.)(.)/, (_, a: string, b: string) =>
    a === b ? `${a === '0' ? '1' : '0'}${b}` : b + a,
  );
  await typed(terminalPhone(app, 'slip'), [swapped, 'nhầm']);
});

test('an update by the code from another phone is judged and kept', async () => {
  const phone = terminalPhone(app, 'third');
  const changes = [
    ['cập nhật', 'mã tra cứu'],
    [code, '4 số cuối'],
    ['0111', 'Có gì mới'],
    ['1', 'Đang ở đâu'],
    ['xã Sìn Hồ', 'ngày nào'],
    ['hôm nay', 'đã đúng chưa'],
    ['gửi', 'Đã ghi nhận cập nhật'],
  ] as const;
  await typed(phone, ...changes);
  const { movements, declarations } = app.store.database.models;
  expect(await movements.find().lean()).toMatchObject([{ placeCode: '03478' }]);
  const versions = await declarations.find().sort({ version: 1 }).lean();
  expect(versions).toMatchObject([
    { status: 'replaced', version: 1, area: '12/03595' },
    { status: 'valid', version: 2, area: '12/03478' },
  ]);
});

test('what was noted before a service is called is still said', async () => {
  const phone = terminalPhone(app, 'noted');
  await typed(phone, ['khai báo', 'đồng ý không'], ['đồng ý', 'khai cho ai'], ['cập nhật', 'được giữ lại']);
});

test('"khai hộ" begins a declaration for somebody else', async () => {
  const phone = terminalPhone(app, 'driver');
  await typed(phone, ['khai hộ', 'đồng ý không'], ['đồng ý', 'thẻ căn cước']);
});

test('whoever guesses the number from ever new phones gets nowhere: the code itself is shut for an hour', async () => {
  for (let n = 0; n < 5; n += 1) {
    await typed(terminalPhone(app, `guesser-${n}`), [code, '4 số cuối'], [`100${n}`, 'chưa đúng']);
  }
  const answer = await typed(terminalPhone(app, 'guesser-right'), [code, '4 số cuối'], ['0111', 'chưa đúng']);
  expect(answer).not.toContain('Chang');
});
