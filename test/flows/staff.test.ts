import { describe, expect, test } from '@jest/globals';
import { line } from '../../src/dialogue/say.ts';
import type { Json } from '../../src/domain/json.ts';
import { CODE_TRIES } from '../../src/domain/rosterCode.ts';
import { engineOf, NOW, Talk, type World } from '../harness/talk.ts';

const engine = engineOf();

const json = (value: unknown): Json => value as Json;
const says = (value: unknown) => () => ({ value: json(value) });

const ALERT = 'Ek3vQ0c5Zb7m1nT9yX2wRg';
const card = (text: string, choices: readonly object[] = []) => ({
  is: 'shown',
  lines: [line('alert.news.claimed', { who: text, name: 'Lò Thị Hoa' })],
  choices,
});

const linked = { is: 'linked', name: 'Lò Thị Hoa', role: 'duty', place: '03595', onDuty: true, open: 2 };

/** What the services say to a nurse of Than Uyên. */
const WORLD: World = {
  linkStaff: (args) =>
    (args as { code: string }).code === 'NV7K3M9PVT'
      ? { value: json(linked), remember: { staff: 's1' } }
      : { value: { is: 'wrong', left: CODE_TRIES - 1 } },
  unlinkStaff: () => ({ value: { is: 'unlinked' }, remember: { staff: null } }),
  staffState: says({ is: 'known', place: '03595', may: true, since: NOW, open: 1, mine: 0 }),
  colleagues: says({
    is: 'colleagues',
    all: [{ id: 's1', name: 'Lò Thị Hoa', place: '03595', since: NOW, mine: true, takes: false }],
  }),
  setDuty: (args) => ({
    value: { is: (args as { on: boolean }).on ? 'on' : 'off', place: '03595', open: 0, mine: 1 },
  }),
  inbox: says({
    is: 'inbox',
    alerts: [
      { id: ALERT, level: 'critical', mine: false, who: 'N. V. A., 1990, Nam', place: '03595', at: NOW },
      { id: 'other', level: 'high', mine: true, who: 'Trần Thị Bình', place: '03595', at: NOW },
    ],
    feedback: [{ id: 'fb1', kind: 'checkpoint', at: NOW }],
    more: 0,
  }),
  alertAct: says(card('N. V. A.')),
  mayCloseAlert: says({ is: 'yes', who: 'N. V. A., 1990, Nam' }),
  closeAlert: says({ is: 'closed' }),
  showFeedback: says({
    is: 'feedback',
    kind: 'checkpoint',
    at: NOW,
    answered: false,
    note: 'Máy quét hỏng',
    phone: '+84912345678',
    answer: '',
  }),
  answerFeedback: says({ is: 'sent' }),
  giveFeedback: says({ is: 'given' }),
};

const citizen = (more: World = {}) => new Talk({ ...WORLD, ...more }, engine);
const nurse = (more: World = {}): Talk => {
  const talk = citizen(more);
  talk.text('NV-7K3M-9PVT');
  talk.calls.length = 0;
  return talk;
};
const heard = (talk: Talk, from = talk.said.length - 1): string =>
  talk.said
    .slice(from)
    .map((say) => talk.plain(say))
    .join('\n---\n');
const hears = (talk: Talk, does: () => unknown): string => {
  const from = talk.said.length;
  does();
  return heard(talk, from);
};

describe('linking', () => {
  test.each(['NV-7K3M-9PVT', 'NV7K3M9PVT', ' nv7k3m 9pvt.'])('"%s" by itself is no lookup code', (said) => {
    const talk = citizen();
    expect(hears(talk, () => talk.text(said))).toContain('Đã liên kết: Lò Thị Hoa');
  });

  test('the code alone is enough', () => {
    const talk = citizen();
    expect(hears(talk, () => talk.text('nv 7k3m 9pvt'))).toBe(
      [
        'Đã liên kết: Lò Thị Hoa, cán bộ trực, xã Than Uyên, Lai Châu.',
        'Anh/chị đang trong ca trực và sẽ nhận cảnh báo tại đây. Hết ca, gõ "ra ca".',
        'Có 2 cảnh báo đang chờ người nhận.',
        '1. Cảnh báo',
        '2. Ca trực',
        'Trang chủ',
      ].join('\n'),
    );
    expect(talk.calls).toEqual([{ name: 'linkStaff', args: { code: 'NV7K3M9PVT' } }]);
    expect(talk.state.memory).toEqual({ staff: 's1' });
  });

  test('/lienket with the code, or without it', () => {
    const [at, asked] = [citizen(), citizen()];
    at.text('/lienket NV-7K3M-9PVT');
    expect(heard(at)).toContain('Đã liên kết');
    expect(hears(asked, () => asked.text('/lienket'))).toContain('Gõ mã liên kết do quản trị cấp.');
    expect(hears(asked, () => asked.text('abc'))).toContain('Mã liên kết có dạng NV-7K3M-9QXT.');
    expect(hears(asked, () => asked.text('7K3M-9PVX'))).toContain(
      'Mã không đúng, đã dùng hoặc đã hết hạn. Còn 4 lần thử',
    );
    expect(hears(asked, () => asked.text('7K3M-9PVT'))).toContain('Đã liên kết');
  });

  test('a wrong code that was typed by itself ends; too many say when to come again', () => {
    const talk = citizen();
    expect(hears(talk, () => talk.text('NV-0000-0000'))).toContain('Còn 4 lần thử trong giờ này.');
    expect(talk.run).toBeUndefined();
    const limited = citizen({ linkStaff: says({ is: 'tooMany', minutes: 55 }) });
    expect(hears(limited, () => limited.text('NV-0000-0000'))).toContain('Mời thử lại sau 55 phút.');
  });

  test('the menu has what is for staff, and loses it again', () => {
    const talk = nurse();
    expect(hears(talk, () => talk.text('menu'))).toMatch(/\. Cảnh báo\n.*\. Ca trực/s);
    talk.text('/huylienket');
    expect(heard(talk)).toContain('Hủy liên kết cuộc trò chuyện này?');
    talk.text('1');
    expect(heard(talk)).toContain('Đã hủy liên kết.');
    expect(hears(talk, () => talk.text('menu'))).not.toMatch(/Cảnh báo|Ca trực/);
  });

  test('unlinking can be thought over', () => {
    const talk = nurse();
    talk.text('hủy liên kết');
    expect(hears(talk, () => talk.press('Không, giữ lại'))).toContain('Liên kết được giữ nguyên.');
    expect(talk.calls).toEqual([]);
  });

  test.each(['/ca', 'vào ca', 'ra ca', 'cảnh báo', '/huylienket', 'nhận'])(
    'a citizen who types %s begins nothing',
    (said) => {
      const talk = citizen();
      talk.text(said);
      expect(talk.calls).toEqual([]);
      expect(talk.run).toBeUndefined();
    },
  );
});

describe('duty', () => {
  test('shown, and changed with one tap', () => {
    const talk = nurse();
    expect(hears(talk, () => talk.text('/ca'))).toBe(
      [
        'Anh/chị đang trực tại xã Than Uyên, Lai Châu, từ 09:00 ngày 23/11.',
        'Có 1 cảnh báo đang chờ người nhận.',
        '1. Ra ca',
        '2. Bàn giao ca',
        '3. Cảnh báo',
        'Trang chủ',
      ].join('\n'),
    );
    expect(hears(talk, () => talk.text('1'))).toContain('Anh/chị còn 1 cảnh báo đang xử lý.');
    expect(talk.calls.at(-1)).toEqual({ name: 'setDuty', args: { on: false } });
  });

  test.each([
    ['vào ca', true, 'Đã vào ca tại xã Than Uyên, Lai Châu.'],
    ['nhận ca', true, 'Đã vào ca'],
    ['Ra ca', false, 'Đã ra ca. Cảm ơn anh/chị.'],
    ['off duty', false, 'Đã ra ca.'],
  ])('"%s"', (said, on, answer) => {
    const talk = nurse();
    expect(hears(talk, () => talk.text(said))).toContain(answer);
    expect(talk.calls).toEqual([{ name: 'setDuty', args: { on } }]);
  });

  test('is not for every role', () => {
    const talk = nurse({
      staffState: says({ is: 'known', place: '12', may: false, since: null, open: 0, mine: 0 }),
      setDuty: says({ is: 'notAllowed' }),
    });
    for (const said of ['/ca', 'vào ca'])
      expect(hears(talk, () => talk.text(said))).toContain('Mục này không thuộc nhiệm vụ của anh/chị.');
  });
});

describe('alerts', () => {
  test('the list, and one of it', () => {
    const talk = nurse();
    expect(hears(talk, () => talk.text('cảnh báo'))).toBe(
      [
        'Cảnh báo và phản ánh đang chờ, gấp nhất ở trên. Mở mục nào?',
        '1. Nguy cơ rất cao: N. V. A., 1990, Nam, xã Than Uyên, Lai Châu, 09:00 ngày 23/11',
        '2. Đang xử lý: Trần Thị Bình, xã Than Uyên, Lai Châu, 09:00 ngày 23/11',
        '3. Phản ánh: Qua chốt kiểm soát, 09:00 ngày 23/11',
        'Trang chủ',
      ].join('\n'),
    );
    expect(hears(talk, () => talk.text('1'))).toContain('Lò Thị Hoa đã nhận cảnh báo về N. V. A..');
    expect(talk.calls.at(-1)).toEqual({ name: 'alertAct', args: { id: ALERT, do: 'show' } });
  });

  test('an empty list says so; a longer one says how much is left', () => {
    const empty = nurse({ inbox: says({ is: 'inbox', alerts: [], feedback: [], more: 0 }) });
    expect(hears(empty, () => empty.text('cảnh báo'))).toContain(
      'Không có cảnh báo hay phản ánh nào đang chờ.',
    );
    const long = nurse({
      inbox: says({
        is: 'inbox',
        alerts: [{ id: 'a', level: 'high', mine: false, who: 'A.', place: '12', at: NOW }],
        feedback: [],
        more: 3,
      }),
    });
    long.text('cảnh báo');
    expect(hears(long, () => long.text('1'))).toContain('Còn 3 cảnh báo nữa');
  });

  test.each([
    ['claim', { id: ALERT, do: 'claim' }],
    ['call', { id: ALERT, do: 'call' }],
    ['erase', { id: ALERT, do: 'show' }],
  ])('a press of "%s" under an alert asks for just that', (does, args) => {
    const talk = nurse();
    talk.send({ type: 'choice', ids: [`/go:alert:do=${does}&id=${ALERT}`], turn: 0 });
    expect(talk.calls).toEqual([{ name: 'alertAct', args }]);
    expect(heard(talk)).toContain('Danh sách');
  });

  test('a press in the middle of a declaration leaves the declaration where it was', () => {
    const talk = nurse({ lastDeclaration: says(null), tripAtHand: says({ last: null, plate: null }) });
    talk.text('khai báo');
    talk.text('đồng ý');
    talk.send({ type: 'choice', ids: [`/go:alert:do=claim&id=${ALERT}`], turn: 0 });
    expect(talk.said.map((say) => talk.plain(say)).join('\n')).toContain('Tờ khai y tế');
    expect(talk.state.runs.map(({ flow }) => flow)).toEqual(['declare']);
  });

  test('closing asks for the outcome and a note, and can be gone back on', () => {
    const talk = nurse();
    talk.send({ type: 'choice', ids: [`/go:closeAlert:id=${ALERT}`], turn: 0 });
    expect(heard(talk)).toBe(
      [
        '(1/2) Kết quả xử lý cảnh báo về N. V. A., 1990, Nam?',
        '1. Đã chuyển đến cơ sở y tế',
        '2. Theo dõi tại nhà',
        '3. Không có nguy cơ',
        '4. Không liên lạc được',
        '5. Đã bàn giao cho nơi khác',
        'Trang chủ',
      ].join('\n'),
    );
    talk.text('2');
    talk.text('quay lại');
    talk.text('1');
    expect(heard(talk)).toContain('Ghi chú?');
    expect(hears(talk, () => talk.text('Đã gọi, sốt 38,5; trạm y tế đón'))).toContain('Đã đóng cảnh báo.');
    expect(talk.calls.at(-1)).toEqual({
      name: 'closeAlert',
      args: { id: ALERT, outcome: 'referred', note: 'Đã gọi, sốt 38,5; trạm y tế đón' },
    });
  });

  test('closing says when nobody can be watched, and what to do', () => {
    const talk = nurse({ closeAlert: says({ is: 'unwatched' }) });
    talk.send({ type: 'choice', ids: [`/go:closeAlert:id=${ALERT}`], turn: 0 });
    talk.text('2');
    const answer = hears(talk, () => talk.text('Theo dõi tại nhà'));
    expect(answer).toContain('Đã đóng cảnh báo.');
    expect(answer).toContain('người này đã thu hồi mọi tờ khai');
    expect(answer).toContain('Mời anh/chị gọi hỏi hằng ngày');
  });

  test.each([
    [{ is: 'refused', line: { key: 'alert.refused.claimFirst' } }, 'Mời bấm "Nhận" trước khi đóng.'],
    [{ is: 'refused', line: { key: 'alert.refused.notYours' } }, 'Chỉ người đã nhận hoặc quản trị'],
    [{ is: 'gone' }, 'Không tìm thấy cảnh báo này'],
    [{ is: 'closed' }, 'Đã đóng cảnh báo.'],
    [{ is: 'stranger' }, 'chưa liên kết với cán bộ nào'],
  ])('closing that may not be: %j', (may, answer) => {
    const talk = nurse({ mayCloseAlert: says(may) });
    talk.send({ type: 'choice', ids: [`/go:closeAlert:id=${ALERT}`], turn: 0 });
    expect(heard(talk)).toContain(answer);
    expect(talk.run).toBeUndefined();
  });

  test('closing what nobody has taken: the button to take it stands below the refusal', () => {
    const talk = nurse({ mayCloseAlert: says({ is: 'refused', line: { key: 'alert.refused.claimFirst' } }) });
    talk.send({ type: 'choice', ids: [`/go:closeAlert:id=${ALERT}`], turn: 0 });
    const ids = talk.last?.choices?.map(({ id }) => id) ?? [];
    expect(ids.slice(0, 2)).toEqual([`/go:alert:do=claim&id=${ALERT}`, `/go:alert:id=${ALERT}`]);
  });

  test('a typed note is not lost when an alert comes between', () => {
    const talk = nurse();
    talk.send({ type: 'choice', ids: [`/go:closeAlert:id=${ALERT}`], turn: 0 });
    talk.text('2');
    talk.send({ type: 'choice', ids: ['/go:alert:do=claim&id=other'], turn: 0 });
    expect(talk.state.runs.map(({ flow, answers }) => [flow, answers.outcome])).toEqual([
      ['closeAlert', 'monitored'],
    ]);
  });

  test.each([
    ['alertAct', `/go:alert:do=claim&id=${ALERT}`],
    ['inbox', '/go:inbox'],
    ['staffState', '/go:duty'],
    ['setDuty', '/go:dutyOn'],
    ['showFeedback', '/go:answer:id=fb1'],
  ])('%s finds that the chat is no staff any more', (service, id) => {
    const talk = nurse({ [service]: () => ({ value: { is: 'stranger' }, remember: { staff: null } }) });
    talk.send({ type: 'choice', ids: [id], turn: 0 });
    expect(heard(talk)).toContain('chưa liên kết với cán bộ nào');
    expect(hears(talk, () => talk.text('menu'))).not.toMatch(/Cảnh báo|Ca trực/);
  });
});

describe('feedback', () => {
  test('a matter, a note, and a number if one wants', () => {
    const talk = citizen();
    expect(hears(talk, () => talk.text('phản ánh khó khăn'))).toContain('Anh/chị gặp khó khăn về việc gì?');
    talk.text('2');
    talk.text('Máy quét hỏng, phải chờ lâu');
    expect(hears(talk, () => talk.text('bỏ qua'))).toContain('Đã nhận phản ánh, cảm ơn anh/chị.');
    expect(talk.calls).toEqual([
      { name: 'giveFeedback', args: { kind: 'checkpoint', note: 'Máy quét hỏng, phải chờ lâu' } },
    ]);
  });

  test('the wish for a person asks only what is the matter', () => {
    const talk = citizen();
    expect(hears(talk, () => talk.text('gặp người'))).toContain('Anh/chị cần giúp gì?');
    talk.text('Tôi không biết chữ');
    talk.text('0912 345 678');
    expect(talk.calls).toEqual([
      { name: 'giveFeedback', args: { kind: 'help', note: 'Tôi không biết chữ', phone: '+84912345678' } },
    ]);
  });

  test('too much of it', () => {
    const talk = citizen({ giveFeedback: says({ is: 'tooMany' }) });
    for (const said of ['góp ý', '4', 'Việc này nữa', 'bỏ qua']) talk.text(said);
    expect(heard(talk)).toContain('Hôm nay anh/chị đã gửi nhiều phản ánh.');
  });

  test('is read and answered by staff', () => {
    const talk = nurse();
    talk.text('cảnh báo');
    expect(hears(talk, () => talk.text('3'))).toContain(
      'Qua chốt kiểm soát, 09:00 ngày 23/11: “Máy quét hỏng”. Gọi lại số 0912345678. Câu trả lời của anh/chị?',
    );
    expect(hears(talk, () => talk.text('Đã sửa, cảm ơn anh'))).toContain('Câu trả lời đang được gửi đi.');
    expect(talk.calls.at(-1)).toEqual({
      name: 'answerFeedback',
      args: { id: 'fb1', text: 'Đã sửa, cảm ơn anh' },
    });
  });

  test('the news has words for a phone without buttons', () => {
    const talk = nurse();
    expect(hears(talk, () => talk.text('đọc phản ánh'))).toContain('“Máy quét hỏng”');
    const none = nurse({ inbox: says({ is: 'inbox', alerts: [], feedback: [], more: 0 }) });
    expect(hears(none, () => none.text('đọc phản ánh'))).toContain('Không có phản ánh nào đang chờ.');
  });

  test.each([
    [{ is: 'answered' }, 'Phản ánh này đã được trả lời.'],
    [{ is: 'gone' }, 'Không tìm thấy phản ánh này'],
  ])('somebody was quicker: %j', (result, answer) => {
    const talk = nurse({ answerFeedback: says(result) });
    talk.send({ type: 'choice', ids: ['/go:answer:id=fb1'], turn: 0 });
    expect(hears(talk, () => talk.text('Xin chào anh'))).toContain(answer);
  });
});

test('in English too', () => {
  const talk = new Talk(WORLD, engine, 'en');
  talk.text('NV-7K3M-9PVT');
  expect(heard(talk)).toContain('Linked: Lò Thị Hoa, duty staff, Than Uyên commune, Lai Châu.');
  talk.text('alerts');
  expect(heard(talk)).toContain('1. Very high risk: N. V. A., 1990, Nam, Than Uyên commune, Lai Châu');
});
