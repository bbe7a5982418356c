import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { startTestApp, type TestApp } from '../harness/app.ts';
import { declareSick, linkStaff } from '../harness/story.ts';
import { openWebPhone, type Phone, terminalPhone, webPhone } from '../harness/wires.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.end());

const say = async (phone: Phone, text: string, answer: string): Promise<string> => {
  await phone.say(text);
  return phone.hear(answer);
};

/** One phone shows a code, the other one types it and says yes. */
const connect = async (shows: Phone, types: Phone): Promise<void> => {
  const code = /KN-\w{4}-\w{4}/.exec(await say(shows, 'kết nối', 'Mã kết nối'))?.[0] ?? '';
  await say(types, code, 'hãy chọn Không');
  await say(types, 'có', 'Đã kết nối');
  await shows.hear('vừa được nối');
};

test('a declaration begun on the web is ended in the terminal, and both see it; until one is disconnected', async () => {
  const [web, terminal] = [await webPhone(app), terminalPhone(app, 'same-person')];
  await say(web, 'khai báo', 'đồng ý không');
  await say(web, 'đồng ý', 'khai cho ai');
  await say(web, 'cho tôi', 'thẻ căn cước');
  await say(web, 'không có', 'Họ và tên');
  await say(web, 'Giàng A Nối, 1988, nam', 'Số căn cước');
  await say(web, 'menu', 'Anh/chị cần gì');
  await connect(web, terminal);
  for (const [text, answer] of [
    ['tiếp tục', 'Số căn cước'],
    ['099088004321', 'Số điện thoại'],
    ['0987 000 111', 'Nơi ở'],
    ['bản Hua Chải, xã Mường Kim', 'từ đâu đến đâu'],
    ['không đi đâu', 'dấu hiệu nào'],
    ['không', 'điều nào'],
    ['không', 'đã đúng chưa'],
    ['gửi', 'Kết quả'],
  ] as const)
    await say(terminal, text, answer);
  expect(await say(web, 'tờ khai của tôi', 'còn giá trị')).toContain('Giàng A Nối');
  expect(await say(terminal, 'ngắt kết nối', 'Các nơi đang kết nối')).toContain('dòng lệnh (đang dùng)');
  await say(terminal, '2', 'Ngắt nơi đang dùng?');
  await say(terminal, 'có', 'Đã ngắt nơi này');
  await web.hear('vừa được ngắt khỏi dòng lệnh');
  await say(terminal, 'tờ khai của tôi', 'Gõ mã tra cứu');
  expect(await say(web, 'tờ khai của tôi', 'còn giá trị')).toContain('Giàng A Nối');
  for (const phone of [web, terminal]) phone.close();
});

test('words for a question that this chat has not shown answer no other: it is asked here first', async () => {
  const [web, terminal] = [await webPhone(app), terminalPhone(app, 'two-hands')];
  await say(web, 'khai báo', 'đồng ý không');
  await say(web, 'đồng ý', 'khai cho ai');
  await connect(web, terminal);
  await say(terminal, 'tiếp tục', 'khai cho ai');
  await say(terminal, 'cho tôi', 'thẻ căn cước');
  await say(terminal, 'không có', 'Họ và tên');
  // On the web the last question was for whom; "1" is no name, and must not be taken for anything.
  expect(await say(web, '1', 'ở nơi khác')).toContain('Họ và tên');
  await say(web, 'Lò Thị Hai Nơi', 'Ngày sinh');
  expect(await say(terminal, 'Hà Nội', 'ở nơi khác')).toContain('Ngày sinh');
  for (const phone of [web, terminal]) phone.close();
});

test('the transcript of a page that was disconnected is gone', async () => {
  const web = await openWebPhone(app);
  const terminal = terminalPhone(app, 'keeps');
  await say(web.phone, 'khai báo', 'đồng ý không');
  await connect(web.phone, terminal);
  await say(terminal, 'ngắt kết nối', 'Các nơi đang kết nối');
  await say(terminal, '1', 'không thấy tờ khai');
  await say(terminal, 'có', 'Đã ngắt');
  await web.phone.hear('vừa được ngắt');
  const page = await (await fetch(app.url, { headers: { cookie: web.cookie } })).text();
  expect(page).toContain('vừa được ngắt');
  expect(page).not.toContain('đồng ý không');
  for (const phone of [web.phone, terminal]) phone.close();
});

test('the web page opened by a link has the code in its text box', async () => {
  const terminal = terminalPhone(app, 'shows-a-link');
  const shown = await say(terminal, 'kết nối', 'Mã kết nối');
  const url = /https?:\/\/\S+\/\?say=(\w+)/.exec(shown);
  expect(url?.[1]).toBe((/KN-\w{4}-\w{4}/.exec(shown)?.[0] ?? '').replaceAll('-', ''));
  expect(await (await fetch(url?.[0] ?? '')).text()).toContain(`>${url?.[1]}</textarea>`);
  terminal.close();
});

test('an alert comes to the chat used last, and is claimed in the other; a lost phone is disconnected', async () => {
  const [desk, phone, citizen] = [
    await openWebPhone(app),
    terminalPhone(app, 'nurse'),
    terminalPhone(app, 'sick'),
  ];
  await linkStaff(app, desk.phone, 'Lò Thị Hai', 'Than Uyên');
  await connect(desk.phone, phone);
  await say(phone, 'ca trực', 'Anh/chị đang trực');
  await declareSick(citizen, 'Sùng A Nóng');
  expect(await phone.hear('Nguy cơ cao')).toContain('S. A. N.');
  expect(await say(desk.phone, 'nhận', 'Anh/chị đã nhận')).toContain('Sùng A Nóng');
  await say(desk.phone, 'ngắt kết nối', 'Các nơi đang kết nối');
  await say(desk.phone, '2', 'không thấy tờ khai');
  await say(desk.phone, 'có', 'Đã ngắt');
  await phone.hear('vừa được ngắt từ máy hoặc ứng dụng khác');
  await say(phone, 'cảnh báo', 'chưa hiểu');
  for (const each of [desk.phone, phone, citizen]) each.close();
});

test('a lost phone on which somebody declared before it was connected sees nothing of it once it is disconnected', async () => {
  const [lost, kept] = [await webPhone(app), terminalPhone(app, 'kept')];
  await declareSick(lost, 'Giàng A Mất');
  await connect(lost, kept);
  await say(kept, 'ngắt kết nối', 'Các nơi đang kết nối');
  await say(kept, '1', 'không thấy tờ khai');
  await say(kept, 'có', 'Đã ngắt');
  await lost.hear('vừa được ngắt từ máy hoặc ứng dụng khác');
  await say(lost, 'tờ khai của tôi', 'Gõ mã tra cứu');
  expect(await say(kept, 'tờ khai của tôi', 'còn giá trị')).toContain('Giàng A Mất');
  for (const phone of [lost, kept]) phone.close();
});
