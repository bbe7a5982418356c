import { describe, expect, test } from '@jest/globals';
import type { Ask } from '../../src/dialogue/ask.ts';
import type { Event } from '../../src/dialogue/event.ts';
import type { Asking } from '../../src/dialogue/flow.ts';
import { optionsOf } from '../../src/dialogue/question/choice.ts';
import type { Json } from '../../src/domain/json.ts';
import { ok, type Parsed } from '../../src/domain/parsed.ts';
import { parseName } from '../../src/domain/person.ts';
import { told, toy, toyTalk } from '../harness/flows.ts';
import type { Talk } from '../harness/talk.ts';

type Body = (ask: Ask) => Asking<unknown>;

const asking = (body: Body, ...events: readonly (string | Event)[]): Talk => {
  const talk = toyTalk([toy('f', body)]);
  for (const event of events) {
    if (typeof event === 'string') talk.text(event);
    else talk.send(event);
  }
  return talk;
};

const problemOf = (talk: Talk): string | undefined =>
  talk.last?.notes.find(({ key }) => key.startsWith('problem.'))?.key;

describe('number', () => {
  const number: Body = (ask) => ask.number('n', { min: 1, max: 60 });
  test.each([
    ['1', 1],
    ['60', 60],
    ['２', 2],
    ['3 người', 3],
    ['ba', 3],
  ])('%j → %d', (raw, expected) => {
    expect(told(asking(number, raw))).toBe(expected);
  });
  test.each(['0', '61', '-5', '1,5', '', 'nhiều', '1 2', 'không'])('%j is none', (raw) => {
    expect(problemOf(asking(number, raw))).toBe('problem.number');
  });
  test('parts of a whole where they are wanted', () => {
    expect(told(asking((ask) => ask.number('t', { min: 35, max: 43, whole: false }), '37,5 độ'))).toBe(37.5);
  });
});

describe('date', () => {
  const day: Body = (ask) => ask.date('d', { back: 14, ahead: 7, quick: [0, -1, -2, 1, 5] });
  test.each([
    ['hôm nay', '2026-11-23'],
    ['9/11', '2026-11-09'],
    ['30/11', '2026-11-30'],
    ['2', '2026-11-22'],
    ['Ngày mai (24/11/2026)', '2026-11-24'],
  ])('%j → %s', (raw, expected) => {
    expect(told(asking(day, raw))).toBe(expected);
  });
  test.each([
    ['8/11', 'problem.dateRange'],
    ['1/12', 'problem.dateRange'],
    ['15/3/1990', 'problem.dateRange'],
    ['31/2', 'problem.date'],
    ['hôm nào', 'problem.date'],
  ])('%j: %s', (raw, expected) => {
    expect(problemOf(asking(day, raw))).toBe(expected);
  });
  test('quick days are buttons, each with its date', () => {
    expect(asking(day).heard()).toContain(
      [
        '1. Hôm nay (23/11/2026)',
        '2. Hôm qua (22/11/2026)',
        '3. Hôm kia (21/11/2026)',
        '4. Ngày mai (24/11/2026)',
        '5. 28/11/2026',
      ].join('\n'),
    );
  });
});

describe('birth', () => {
  const birth: Body = (ask) => ask.date('b', { birth: true, back: 120 * 366, ahead: 0 });
  test.each([
    ['15/3/1990', '1990-03-15'],
    ['năm 1990', '1990'],
    ['1990', '1990'],
    ['sinh năm 90', '1990'],
    ['26/10/2026', '2026-10-26'],
    ['1907', '1907'],
  ])('%j → %s', (raw, expected) => {
    expect(told(asking(birth, raw))).toBe(expected);
  });
  test.each([
    ['2027', 'problem.birthRange'],
    ['1890', 'problem.birthRange'],
    ['24/11/2026', 'problem.birthRange'],
    ['15/3', 'problem.birth'],
    ['90', 'problem.birth'],
    ['35', 'problem.birth'],
    ['29/2/1990', 'problem.birth'],
  ])('%j: %s', (raw, expected) => {
    expect(problemOf(asking(birth, raw))).toBe(expected);
  });
});

test.each(['hôm nay', '27/10/2026'])('a birth of %j is asked about: a newborn, or a slip', (raw) => {
  const birth: Body = (ask) => ask.date('b', { birth: true, back: 120 * 366, ahead: 0 });
  const talk = asking(birth, raw);
  expect([told(talk), talk.last?.ask?.key]).toEqual([undefined, 'engine.which.birth']);
  expect(told(asking(birth, raw, 'đúng'))).toMatch(/^2026-1/);
  expect(told(asking(birth, raw, 'không', '1990'))).toBe('1990');
});

test.each<[string, Body, string]>([
  ['a birth: a year is enough', (ask) => ask.date('b', { birth: true, back: 999, ahead: 0 }), 'birth'],
  ['a day: the whole of it', (ask) => ask.date('d', { back: 14, ahead: 7 }), 'date'],
])('three wrong dates, %s', (_what, body, way) => {
  const talk = asking(body, 'hôm nào', 'hôm nào', 'hôm nào');
  expect(talk.last?.notes.map(({ key }) => key)).toContain(`engine.easier.${way}`);
});

describe('yes or no', () => {
  const yesNo: Body = (ask) => ask.yesNo('q');
  test.each<[string | Event, boolean]>([
    ['có', true],
    ['ko', false],
    ['0', false],
    ['1', true],
    ['2', false],
    ['Yes', true],
    ['👎', false],
    [{ type: 'choice', ids: ['no'] }, false],
  ])('%j → %s', (event, expected) => {
    expect(told(asking(yesNo, event))).toBe(expected);
  });
  test.each(['3', 'không biết', 'để xem'])('%j is neither', (raw) => {
    expect(problemOf(asking(yesNo, raw))).toBe('problem.yesNo');
  });
});

describe('one of a list', () => {
  const options = optionsOf('means', [{ id: 'coach', words: ['bus'] }, { id: 'car' }, { id: 'lorry' }]);
  const choice: Body = (ask) => ask.choice('q', options);
  test.each([
    ['xe khách', 'coach'],
    ['xe kh', 'coach'],
    ['Xe Kh', 'coach'],
    ['XE TẢI', 'lorry'],
    ['ô tô', 'car'],
    ['bus', 'coach'],
    ['Coach', 'coach'],
    ['3', 'lorry'],
    ['số 3', 'lorry'],
  ])('%j → %s', (raw, expected) => {
    expect(told(asking(choice, raw))).toBe(expected);
  });
  test.each(['xe', 'x', '4', '0', 'xè kh', 'không', 'tàu'])('%j is none', (raw) => {
    expect(problemOf(asking(choice, raw))).toBe('problem.choice');
  });
  test('a list of yes and no takes every yes and no', () => {
    const sure: Body = (ask) => ask.choice('q', optionsOf('withdraw.sure', [{ id: 'yes' }, { id: 'no' }]));
    expect(told(asking(sure, 'vâng'))).toBe('yes');
    expect(told(asking(sure, 'thôi không'))).toBeUndefined();
    expect(told(asking(sure, 'dạ không'))).toBe('no');
  });
});

describe('text', () => {
  const upper = (raw: string): Parsed<string> => ok(raw.toUpperCase());
  test('"không" where an option says what it means', () => {
    const none = { id: 'none', value: 'none', label: 'Không có giấy tờ', no: true } as const;
    const body: Body = (ask) => ask.text('q', upper, { options: [none] });
    for (const raw of ['không', 'ko ạ', 'k', '👎', '1', 'không có giấy tờ'])
      expect(told(asking(body, raw))).toBe('none');
    expect(told(asking(body, 'c1234567'))).toBe('C1234567');
  });
  test.each(['không', 'không biết', 'chưa biết', 'hết', 'bỏ qua', 'skip'])(
    '%j skips what is optional',
    (raw) => {
      expect(asking((ask) => ask.text('q', upper, { optional: true }), raw).outcome).toBe('ended');
      const needed = asking((ask) => ask.text('q', upper), raw);
      expect(needed.outcome).toBe(raw === 'bỏ qua' || raw === 'skip' ? 'command' : 'ended');
    },
  );
});

describe('place', () => {
  const place: Body = (ask) => ask.place('q');
  test('one sure place is taken', () => {
    expect(told(asking(place, 'bản Nà Cang, xã Nậm Hàng'))).toEqual({
      code: '03434',
      said: 'bản Nà Cang, xã Nậm Hàng',
      detail: 'bản Nà Cang',
    });
  });
  test.each(['Mường Than', 'Mường Tè', 'nam cha', 'thân uyên'])('%j is asked about', (raw) => {
    const talk = asking(place, raw);
    expect(told(talk)).toBeUndefined();
    expect(talk.last?.ask).toEqual({ key: 'engine.which' });
    talk.text('1');
    expect(told(talk)).toBeDefined();
  });
  test('the last button asks again, and so does "không"', () => {
    for (const refusal of ['3', 'không', 'ko phải'.slice(0, 2)]) {
      const talk = asking(place, 'Mường Than', refusal);
      expect(talk.heard()).toContain('Mời anh/chị gõ lại.');
      expect(talk.last?.ask).toEqual({ key: 'f.q' });
    }
  });
  test('"đúng" takes the only candidate, and none of two', () => {
    const one = asking((ask) => ask.place('q'), 'Sìn Hôf');
    expect(one.last?.choices?.filter(({ id }) => /^n\d/.test(id))).toHaveLength(1);
    one.text('đúng rồi');
    expect(told(one)).toMatchObject({ code: '03478' });
    expect(told(asking(place, 'Mường Than', 'đúng rồi'))).toBeUndefined();
  });
  test.each(['xyzzy', '', '12', '😀', 'có'])('%j is none', (raw) => {
    expect(problemOf(asking(place, raw))).toBe('problem.place');
  });
  test('a shared position is a question between the nearest; one far from all is asked by name', () => {
    const talk = asking(place, { type: 'location', lat: 22.396, lon: 103.458 });
    expect(talk.heard()).toContain('phường Tân Phong');
    talk.text('1');
    expect(told(talk)).toEqual({ code: '03408', said: '' });
    expect(problemOf(asking(place, { type: 'location', lat: 12, lon: 115 }))).toBe('problem.location');
    expect(asking((ask) => ask.location('q')).last?.input).toBe('location');
  });
});

describe('file', () => {
  const done = { id: 'done', value: 'done', label: 'xong' } as const;
  const file: Body = (ask) =>
    ask.file('f', {
      work: 'read',
      args: { before: [] },
      most: 100,
      tooLarge: { key: 'problem.photoSize', values: { max: 1 } },
      neither: { key: 'problem.campaignList' },
      typed: (raw) => /\d{6}/.test(raw),
      fits: (value) => typeof value === 'object',
      show: () => 'file',
      usual: {},
      options: [done],
    });
  const sent: Event = { type: 'file', ref: 'r', name: 'so.csv', bytes: 100, caption: 'đây' };
  const long = '0912345678\n'.repeat(300);

  test('what comes while another is read is read together with it; the end of the first alone is no answer', () => {
    const talk = asking(file, '0912345678', sent, long);
    const parts = [{ text: '0912345678' }, { ref: 'r', name: 'so.csv' }, { text: long }];
    const args = talk.work.map((order) => (order.args as { parts: Json }).parts);
    expect(args).toEqual([parts.slice(0, 1), parts.slice(0, 2), parts]);
    expect(talk.work[0]?.args).toMatchObject({ before: [] });
    for (const n of [1, 2]) {
      talk.worked({ value: { n } });
      expect(told(talk)).toBeUndefined();
    }
    talk.worked({ value: { n: 3 } });
    expect(told(talk)).toEqual({ n: 3 });
  });

  test('whoever is done before all is read is not taken at their word, and loses nothing', () => {
    const talk = asking(file, sent);
    expect(talk.heard()).toContain('Đang đọc danh sách');
    expect(talk.last?.choices?.map(({ id }) => id)).not.toContain('done');
    for (const event of ['xong', 'nhanh lên', { type: 'choice', ids: ['done'] }] as const)
      talk.send(typeof event === 'string' ? { type: 'text', text: event } : event);
    expect(talk.run?.tries).toBe(0);
    talk.worked({ value: { n: 1 } });
    expect(told(talk)).toEqual({ n: 1 });
    expect(told(asking(file, 'xong'))).toBe('done');
  });

  test('what was lost is asked for again as a whole, and none of it is read with what is sent then', () => {
    const talk = asking(file, '0912345678');
    talk.worked({ problem: { key: 'work.lost' } });
    expect(talk.heard()).toContain('Mời anh/chị gửi lại cả danh sách');
    talk.send(sent);
    expect(talk.work[0]?.args).toEqual({ before: [], parts: [{ ref: 'r', name: 'so.csv' }] });
  });

  test.each<[Event | string, string]>([
    [{ ...sent, bytes: 101 }, 'problem.photoSize'],
    [{ type: 'photo', ref: 'p' }, 'problem.campaignList'],
    [{ type: 'unsupported', what: 'voice' }, 'problem.campaignList'],
    ['không có', 'problem.campaignList'],
    ['x'.repeat(501), 'problem.campaignList'],
  ])('%j is none', (event, key) => {
    expect(problemOf(asking(file, event))).toBe(key);
  });
});

describe('photo', () => {
  const typed = { id: 'typed', value: 'typed', label: 'gõ', no: true } as const;
  const isCard = (value: Json) => typeof value === 'object';
  const photo: Body = (ask) =>
    ask.photo('p', { work: 'read', fits: isCard, options: [typed], show: () => 'card' });
  const sent: Event = { type: 'photo', ref: 'r', bytes: 10 };

  test('is worked on, and its result is the answer', () => {
    const talk = asking(photo, sent);
    expect(talk.work).toEqual([{ id: expect.any(String), name: 'read', args: { ref: 'r' } }]);
    expect(talk.heard()).toContain('Đang đọc ảnh');
    talk.worked({ value: { name: 'An' } });
    expect(told(talk)).toEqual({ name: 'An' });
  });

  test('impatience is no wrong answer; a problem is told', () => {
    const talk = asking(photo, sent, 'nhanh lên', 'nào');
    expect(talk.run?.tries).toBe(0);
    talk.worked({ problem: { key: 'card.noCode' } });
    expect(talk.heard()).toContain('Chưa thấy mã QR');
  });

  test('three bad photos: the easier way', () => {
    const talk = asking(photo);
    for (let n = 0; n < 3; n += 1) {
      talk.send(sent);
      talk.worked({ problem: { key: 'card.noCode' } });
    }
    expect(talk.last?.choices?.map(({ id }) => id)).toContain('/person');
  });

  test('the result of an older photo, of another question or of nothing changes nothing', () => {
    const talk = asking(photo, sent, sent);
    const [older] = talk.work;
    talk.worked({ value: { name: 'older' } });
    expect(talk.outcome).toBe('ignored');
    expect(talk.run?.waiting?.work).not.toBe(older?.id);
    talk.worked({ value: { name: 'newer' } });
    expect(told(talk)).toEqual({ name: 'newer' });
    const gone = asking(photo, sent, 'không');
    gone.worked({ value: { name: 'late' } });
    expect(gone.outcome).toBe('ignored');
    expect(told(gone)).toBe('typed');
  });

  test('a result that does not fit is a problem', () => {
    const talk = asking(photo, sent);
    talk.worked({ value: 'nonsense' });
    expect(problemOf(talk)).toBe('problem.photo');
  });

  test('a result for a conversation that was put aside is kept there, without a word', () => {
    const talk = asking(photo, sent, 'hủy');
    expect(talk.worked({ value: { name: 'An' } })).toEqual([]);
    talk.text('tiếp tục');
    expect(told(talk)).toEqual({ name: 'An' });
  });
});

describe('contact', () => {
  const contact: Body = (ask) => ask.contact('q');
  test.each<[string | Event]>([['0912 345 678'], [{ type: 'contact', phone: '84912345678', own: true }]])(
    '%j',
    (event) => {
      expect(told(asking(contact, event))).toBe('+84912345678');
    },
  );
  test.each<[string | Event]>([['12345'], [{ type: 'contact', phone: '', own: true }]])(
    '%j is none',
    (event) => {
      expect(problemOf(asking(contact, event))).toBe('problem.phone');
    },
  );
});

describe('a contact that may be the wrong one', () => {
  const theirs: Body = (ask) => ask.contact('q');
  const companion: Body = (ask) => ask.contact('q', { own: false });
  const share = (own: boolean): Event => ({ type: 'contact', phone: '+84 912 345 678', own });

  test.each<[Body, Event, string]>([
    [theirs, share(false), 'engine.which.theirs'],
    [companion, share(true), 'engine.which.mine'],
  ])('is asked about, and taken, left or typed anew', (body, event, ask) => {
    const talk = asking(body, event);
    expect([told(talk), talk.last?.ask?.key]).toEqual([undefined, ask]);
    talk.text('không');
    expect(talk.last?.ask?.key).toBe('f.q');
    expect(told(asking(body, event, 'không', '0987 654 321'))).toBe('+84987654321');
    expect(told(asking(body, event, 'đúng'))).toBe('+84912345678');
    expect(told(asking(body, event, '1'))).toBe('+84912345678');
  });

  test.each<[Body, Event]>([
    [theirs, share(true)],
    [companion, share(false)],
  ])('the right one is taken at once', (body, event) => {
    expect(told(asking(body, event))).toBe('+84912345678');
  });
});

describe('what a question does not take', () => {
  test.each<[Event, string]>([
    [{ type: 'photo', ref: 'r' }, 'problem.photoHere'],
    [{ type: 'file', ref: 'r', name: 'so.csv' }, 'problem.unsupported'],
    [{ type: 'unsupported', what: 'sticker' }, 'problem.unsupported'],
    [{ type: 'location', lat: 0, lon: 0 }, 'problem.unsupported'],
    [{ type: 'contact', phone: '0912345678', own: true }, 'problem.unsupported'],
    [{ type: 'choice', ids: ['nonsense'] }, 'problem.button'],
    [{ type: 'choice', ids: [] }, 'problem.button'],
  ])('%j: %s', (event, expected) => {
    const bodies: readonly Body[] = [
      (ask) => ask.number('q', { min: 1, max: 2 }),
      (ask) => ask.yesNo('q'),
      (ask) => ask.choice('q', optionsOf('o', [{ id: 'a' }])),
      (ask) => ask.date('q', { back: 1, ahead: 1 }),
      (ask) => ask.text('q', (raw) => ok(raw)),
    ];
    for (const body of bodies) expect(problemOf(asking(body, event))).toBe(expected);
  });
});

describe('review', () => {
  const body: Body = function* (ask) {
    const sex = yield* ask.choice('sex', optionsOf('sex', [{ id: 'male' }, { id: 'female' }]));
    const day = yield* ask.date('day', { back: 5, ahead: 0 });
    yield* ask.review();
    return [sex, day];
  };
  test.each(['gửi', 'đúng', 'đúng rồi', 'có', 'ok', 'xong', '1', '👍', 'send', 'vâng ạ'])(
    '%j sends',
    (raw) => {
      expect(told(asking(body, 'nam', 'hôm nay', raw))).toEqual(['male', '2026-11-23']);
    },
  );
  test.each(['2', 'hmm'])('%j does not', (raw) => {
    expect(problemOf(asking(body, 'nam', 'hôm nay', raw))).toBe('problem.review');
  });
  test.each(['không', 'ko', 'sai', 'sai rồi', 'chưa', 'chua dung', 'ko dung'])(
    '%j: which one is wrong?',
    (raw) => {
      const talk = asking(body, 'nam', 'hôm nay', raw);
      expect([problemOf(talk), talk.last?.ask?.key]).toEqual([undefined, 'engine.edit.which']);
      talk.text(raw);
      expect(talk.last?.ask?.key).toBe('f.review');
    },
  );
  test('an answer that is edited is looked over again', () => {
    const talk = asking(body, 'nam', 'hôm nay', 'sửa 1', 'nữ');
    expect(told(talk)).toBeUndefined();
    expect(talk.run?.asked?.key).toBe('review');
    talk.text('gửi');
    expect(told(talk)).toEqual(['female', '2026-11-23']);
  });
});

test('an answer that is edited after the review was sent is looked over again too', () => {
  const talk = asking(
    function* (ask) {
      const sex = yield* ask.choice('sex', optionsOf('sex', [{ id: 'male' }, { id: 'female' }]));
      yield* ask.review();
      return [sex, yield* ask.text('after', (raw) => ok(raw))];
    },
    'nam',
    'gửi',
    'sửa sex',
    'nữ',
  );
  expect(talk.run?.asked?.key).toBe('review');
  talk.texts('gửi', 'x');
  expect(told(talk)).toEqual(['female', 'x']);
});

describe('several answers in one line', () => {
  const three: Body = function* (ask) {
    const name = yield* ask.text('name', parseName);
    const born = yield* ask.date('born', { birth: true, back: 120 * 366, ahead: 0 });
    const sex = yield* ask.choice('sex', optionsOf('sex', [{ id: 'male' }, { id: 'female' }]));
    return [name, born, sex];
  };
  test.each([
    'Nguyễn Văn An, 1990, nam',
    'Nguyễn Văn An; 15/3/1990; 1',
    'nguyễn văn an\nnăm 1990\nNam',
    ' Nguyễn Văn An ,1990,nam, ',
  ])('%j answers all', (raw) => {
    expect(told(asking(three, raw))).toEqual(['Nguyễn Văn An', expect.stringMatching(/^1990/), 'male']);
  });
  test.each([
    ['Nguyễn Văn An, nam', { name: 'Nguyễn Văn An' }],
    ['Nguyễn Văn An, 1990, gì đó', { name: 'Nguyễn Văn An', born: '1990' }],
    ['Nguyễn Văn An, 1990', { name: 'Nguyễn Văn An', born: '1990' }],
  ])('%j keeps what is clear and asks the rest', (raw, expected) => {
    expect(asking(three, raw).run?.answers).toEqual(expected);
  });
  test.each(['12, 13', '1990, nam', ', ,', '1,2,3,4'])('%j is one wrong answer', (raw) => {
    const talk = asking(three, raw);
    expect(talk.run?.answers).toEqual({});
    expect(talk.run?.tries).toBe(1);
    expect(talk.last?.notes.map(({ key }) => key)).toEqual(['problem.name']);
  });
  test('an address keeps its commas', () => {
    expect(told(asking((ask) => ask.place('q'), 'số 3, bản Nà Cang, xã Nậm Hàng, Lai Châu'))).toMatchObject({
      code: '03434',
      detail: 'số 3, bản Nà Cang',
    });
  });
});

describe('what is known before', () => {
  const known: Body = function* (ask) {
    const name = yield* ask.text('name', (raw) => ok(raw), { preset: 'An' });
    const phone = yield* ask.contact('phone', { preset: null, optional: true });
    const home = yield* ask.place('home', { preset: { code: '99999', said: '' } });
    yield* ask.review();
    return [name, phone ?? 'none', home.code];
  };

  test('is not asked; what is known to be left open neither; what does not fit is', () => {
    const talk = asking(known);
    expect(talk.run?.asked?.key).toBe('home');
    talk.texts('Sìn Hồ', 'gửi');
    expect(told(talk)).toEqual(['An', 'none', '03478']);
  });

  test('can be edited, kept, left open and edited again', () => {
    const talk = asking(known, 'Sìn Hồ', 'sửa name');
    expect(talk.last?.choices?.map(({ id }) => id)).toContain('/keep');
    talk.texts('giữ', 'sửa phone', '0912345678', 'sửa phone');
    expect(talk.run?.was).toEqual({ phone: '+84912345678' });
    talk.texts('bỏ qua', 'sửa phone');
    // Skipped and edited again: it is asked, not taken as known.
    expect(talk.run?.asked?.key).toBe('phone');
    talk.texts('0987654321', 'gửi');
    expect(told(talk)).toEqual(['An', '+84987654321', '03478']);
  });

  test('back goes past it to what was answered here', () => {
    const talk = asking(known, 'Sìn Hồ', 'quay lại');
    expect(talk.run?.asked?.key).toBe('home');
    talk.text('quay lại');
    expect(talk.heard()).toContain('Đây là câu đầu tiên');
  });
});
