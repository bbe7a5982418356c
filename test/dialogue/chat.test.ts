import { describe, expect, test } from '@jest/globals';
import type { Ask } from '../../src/dialogue/ask.ts';
import { type Asking, type End, end, flow } from '../../src/dialogue/flow.ts';
import { optionsOf } from '../../src/dialogue/question/choice.ts';
import { line } from '../../src/dialogue/say.ts';
import { LANGS } from '../../src/domain/lang.ts';
import { ok, type Parsed } from '../../src/domain/parsed.ts';
import { parseName } from '../../src/domain/person.ts';
import { plainRenderer, told, toy, toyEngine, toyTalk } from '../harness/flows.ts';
import { engineOf, NOW, renderer, Talk } from '../harness/talk.ts';
import { WORLDS } from '../harness/world.ts';

const anything = (raw: string): Parsed<string> => ok(raw.trim());

function* three(ask: Ask): Asking<unknown> {
  const name = yield* ask.text('name', parseName);
  const sex = yield* ask.choice('sex', optionsOf('sex', [{ id: 'male' }, { id: 'female' }]));
  return [name, sex, yield* ask.text('note', anything, { optional: true, inline: false })];
}

const talkOf = (...texts: readonly string[]): Talk => {
  const talk = toyTalk([toy('f', three, { words: ['làm f'] })]);
  talk.texts(...texts);
  return talk;
};

const asked = (talk: Talk): string | undefined => talk.run?.asked?.key;

describe('words of the engine', () => {
  /** What stands on a control can be typed as well: channels without buttons show nothing else. */
  const CONTROLS: Readonly<Record<string, string>> = {
    'engine.done': 'done',
    'engine.keep': 'keep',
    'engine.skip': 'skip',
    'engine.edit': 'edit',
    'engine.person': 'person',
    'engine.back': 'back',
    'engine.menu': 'menu',
    'engine.more': 'more',
    'engine.less': 'less',
    'engine.resume': 'resume',
  };
  const effects: Readonly<Record<string, (talk: Talk) => boolean>> = {
    keep: (talk) => asked(talk) === 'sex',
    skip: (talk) => talk.ended.length > 0,
    edit: (talk) => talk.run?.editing === true,
    person: (talk) => talk.state.runs.some(({ flow: name }) => name === 'feedback'),
    back: (talk) => asked(talk) === 'name',
    menu: (talk) => talk.run === undefined,
    resume: (talk) => talk.run !== undefined,
  };
  const before: Readonly<Record<string, readonly string[]>> = {
    keep: ['An', 'quay lại'],
    skip: ['An', 'nam'],
    edit: ['An'],
    person: [],
    back: ['An'],
    menu: ['An'],
    resume: ['An', 'hủy'],
  };
  const cases = Object.entries(CONTROLS)
    .filter(([, name]) => effects[name] !== undefined)
    .flatMap(([key, name]) =>
      LANGS.map((lang) => [renderer.line(lang, { key, values: { value: 'X' } }), name] as const),
    );

  test.each(cases)('"%s" typed is %s', (label, name) => {
    for (const written of [label, label.toLowerCase(), label.replace(/:.*$/, ''), label.normalize('NFD')]) {
      const feedback = toy('feedback', three);
      const talk = toyTalk([toy('f', three), feedback]);
      talk.texts(...(before[name] ?? []), written);
      expect(effects[name]?.(talk)).toBe(true);
    }
  });

  test.each([
    ['Huy', 'Huy'],
    ['Sửa Văn Tài', 'Sửa Văn Tài'],
    ['Giữ', undefined],
    ['hủy', undefined],
    ['sua', 'Sua'],
    ['Thoát', undefined],
    ['Thoat', 'Thoat'],
    ['quay lai', undefined],
    ['bo qua', undefined],
    ['Menu', undefined],
    ['Khai', 'Khai'],
    ['làm f', undefined],
    ['Vietnamese', 'Vietnamese'],
    ['?', undefined],
  ])('at a question for a name, %j is %p', (raw, name) => {
    expect(talkOf(raw).run?.answers.name).toBe(name);
  });

  test('an old message that is edited changes nothing; how to change an answer is said', () => {
    const talk = talkOf('An');
    const { answers } = talk.run ?? {};
    talk.send({ type: 'unsupported', what: 'edited' });
    expect(talk.heard()).toContain('gõ "sửa"');
    expect([talk.outcome, talk.run?.answers, talk.run?.tries]).toEqual(['ignored', answers, 0]);
    const idle = new Talk();
    const { length } = idle.said;
    idle.send({ type: 'unsupported', what: 'edited' });
    expect(idle.said).toHaveLength(length);
  });

  test.each(['huy', 'sua', 'giu', 'lam f', 'HỦY', 'Hủy!', '/huy', '/huy@khaibao_bot', 'cancel', '  hủy  '])(
    'at a question with buttons, %j is no answer',
    (raw) => {
      const talk = talkOf('An', raw);
      expect(['command', 'started']).toContain(talk.outcome);
    },
  );

  test.each(['English', 'tiếng Anh', 'tieng anh', 'ENGLISH'])('%j speaks English from then on', (raw) => {
    expect(talkOf(raw).state.lang).toBe('en');
    expect(talkOf('An', raw).state.lang).toBe('en');
  });

  test('a slash command with an argument begins with what was said', () => {
    const said = flow('g', { command: 'g' }, function* (ask, { params }) {
      yield* ask.text('x', anything);
      return end(line('g.done', { said: String(params.said) }));
    });
    const talk = new Talk({}, toyEngine([said]), 'vi', plainRenderer);
    talk.send({ type: 'command', name: 'g', argument: '7K3M' });
    expect(talk.run?.params).toEqual({ said: '7K3M' });
    talk.text('/nobody knows');
    expect(talk.heard()).toContain('g.done');
  });
});

describe('an idle chat', () => {
  const idle = (...texts: readonly string[]): Talk => {
    const talk = new Talk(WORLDS['one declaration']);
    talk.texts(...texts);
    return talk;
  };

  test('greets once', () => {
    const talk = idle('gì đó');
    expect(talk.heard()).toContain('Xin chào!');
    expect(talk.heard()).not.toContain('chưa hiểu');
    talk.text('gì đó');
    expect(talk.heard()).not.toContain('Xin chào!');
    expect(talk.heard()).toContain('chưa hiểu');
  });

  test.each([
    ['Khai báo cho tôi', 'declare', { whom: 'me' }],
    ['khai ho nguoi di cung', 'declare', { whom: 'other' }],
    ['Declare for myself', 'declare', { whom: 'me' }],
    ['tôi muốn khai báo y tế', 'declare', {}],
    ['cho em khai báo với ạ', 'declare', {}],
    ['Tôi cần cập nhật tờ khai', 'update', {}],
    ['I want to declare', 'declare', {}],
    ['tôi muốn phản ánh khó khăn khi khai báo', 'feedback', {}],
  ])('%j begins %s', (text, name, params) => {
    const talk = idle('alo', text);
    expect(talk.run?.flow).toBe(name);
    expect(talk.run?.params).toEqual(params);
  });

  test.each(['tôi bị sốt', 'khai', 'báo', 'x'.repeat(5000), '😀', '0912345678', 'Nguyễn Văn An'])(
    '%j begins nothing',
    (text) => {
      const talk = idle('alo', text);
      expect(talk.run).toBeUndefined();
      expect(talk.outcome).toBe('unknown');
    },
  );

  test('stores nothing of what it did not understand', () => {
    const talk = idle('alo');
    const before = JSON.stringify(talk.state).length;
    talk.text('x'.repeat(5000));
    expect(JSON.stringify(talk.state).length).toBeLessThan(before + 50);
  });
});

describe('flows that not everybody may begin', () => {
  const secret = toy('secret', three, {
    needs: 'staff',
    words: ['bí mật'],
    command: 'bimat',
    opens: (text) => text === 'mở',
    menu: [{ order: 1, label: line('secret.menu'), needs: 'staff' }],
  });
  const open = toy('open', three, { menu: [{ order: 2, label: line('open.menu') }] });
  const remember = (staff: string | null) =>
    flow('login', {}, function* (ask) {
      yield* ask.call('in', 'login', { staff }, null);
      return end(line('login.done'));
    });
  const chat = (staff: string | null | undefined): Talk => {
    const world = {
      login: () => ({ value: null, remember: { staff: staff ?? null } }),
      toy: () => ({ value: null }),
    };
    const talk = new Talk(world, toyEngine([secret, open, remember(staff ?? null)]), 'vi', plainRenderer);
    if (staff !== undefined) talk.pick('/go:login');
    return talk;
  };

  test.each([undefined, null])('a stranger (%p) finds no door', (staff) => {
    for (const text of ['bí mật', '/bimat', 'mở', 'tôi biết bí mật', 'secret.menu']) {
      const talk = chat(staff);
      talk.text(text);
      expect(talk.state.runs).toEqual([]);
      expect(talk.heard()).not.toContain('secret.menu');
    }
    const talk = chat(staff);
    talk.pick('/go:secret');
    expect(talk.state.runs).toEqual([]);
  });

  test('the staff finds all', () => {
    for (const text of ['bí mật', '/bimat', 'mở']) {
      const talk = chat('s1');
      talk.text(text);
      expect(talk.run?.flow).toBe('secret');
    }
  });

  test("a stranger's answers are not taken for the staff's words", () => {
    const talk = chat(undefined);
    talk.pick('/go:open');
    talk.texts('An', '1', 'bí mật');
    expect(told(talk)).toEqual(['An', 'male', 'bí mật']);
  });
});

describe('several conversations', () => {
  test('a button of one is no answer to the other', () => {
    const talk = toyTalk([toy('f', three), toy('g', three)]);
    talk.text('An');
    const older = talk.last?.turn ?? 0;
    talk.pick('/go:g');
    talk.text('Bình');
    const newer = talk.last?.turn ?? 0;
    talk.pick('/resume:1');
    for (const turn of [older, newer]) {
      talk.send({ type: 'choice', ids: ['female'], turn });
      expect(talk.outcome).toBe('stale');
      expect(talk.run?.answers).toEqual({ name: 'An' });
    }
    talk.pick('female');
    expect(talk.run?.answers).toMatchObject({ sex: 'female' });
  });

  test('one in which nothing was said just ends; one with an answer is put aside and said so', () => {
    const talk = toyTalk([toy('f', three), toy('g', three)]);
    talk.pick('/go:g');
    expect(talk.state.runs.map(({ flow: name }) => name)).toEqual(['g']);
    talk.text('An');
    talk.pick('/go:f');
    expect(talk.state.runs.map(({ flow: name }) => name)).toEqual(['g', 'f']);
    expect(talk.heard()).toContain('được giữ lại');
  });

  test('a draft begun by its button is found by its word; what was begun with something else is not', () => {
    const talk = toyTalk([toy('f', three, { words: ['làm f'] })]);
    talk.pick('/go:f:whom=me');
    talk.texts('An', 'làm f');
    expect(talk.heard()).toContain('đang làm dở');
    talk.pick('/go:f:whom=other');
    expect(talk.run?.params).toEqual({ whom: 'other' });
    talk.text('Bình');
    talk.pick('/go:f:whom=me');
    talk.pick('/fresh:f:whom=me');
    expect(talk.state.runs.map(({ params }) => params)).toEqual([{ whom: 'other' }, { whom: 'me' }]);
    expect(talk.run?.answers).toEqual({});
  });

  test('a flow may go over into another', () => {
    const first = flow('first', {}, function* (ask) {
      const said = yield* ask.text('x', anything);
      return { says: [{ notes: [line('first.end')] }], next: { flow: 'g', params: { said } } };
    });
    const talk = toyTalk([first, toy('g', three)]);
    talk.text('hallo');
    expect(talk.heard(2)).toContain('first.end');
    expect(talk.ended).toEqual(['first']);
    expect(talk.run).toMatchObject({ flow: 'g', params: { said: 'hallo' } });
  });
});

describe('sending answers back', () => {
  const rejecting = toy('f', function* (ask) {
    const code = yield* ask.text('code', anything, { preset: 'known' });
    const pin = yield* ask.text('pin', anything);
    const found = yield* ask.call<boolean>('look', 'look', { code, pin }, true);
    if (!found) yield* ask.reject('code', { key: 'problem.codeUnknown' }, ['pin']);
    return [code, pin];
  });
  const world = { look: (args: unknown) => ({ value: (args as { pin: string }).pin === 'right' }) };

  test('asks again, also what was known before, and offers both', () => {
    const talk = toyTalk([rejecting], {}, world);
    talk.text('wrong');
    expect(asked(talk)).toBe('code');
    expect(talk.run?.was).toEqual({ code: 'known', pin: 'wrong' });
    talk.texts('giữ', 'right');
    expect(told(talk)).toEqual(['known', 'right']);
  });

  test('does not look the same thing up twice, and other things anew', () => {
    const talk = toyTalk([rejecting], {}, world);
    talk.texts('wrong', 'giữ', 'giữ', 'giữ', 'wrong too');
    expect(talk.calls.filter(({ name }) => name === 'look')).toHaveLength(3);
  });
});

describe('when something goes wrong', () => {
  const broken = toy('broken', function* (ask) {
    const text = yield* ask.text('x', anything);
    if (text === 'boom') throw new Error('a flow that cannot go on');
    return text;
  });

  test('a flow that fails does not shut the chat', () => {
    const talk = toyTalk([broken, toy('f', three)]);
    expect(() => talk.text('boom')).toThrow('cannot go on');
    // The shell puts the message aside after some tries and says so; the state is the one before.
    talk.send({ type: 'parked' });
    expect(asked(talk)).toBe('x');
    talk.text('fine');
    expect(told(talk)).toBe('fine');
  });

  test('nor does one that failed already when it was stored', () => {
    const talk = toyTalk([toy('f', three), broken]);
    talk.text('An');
    talk.state = {
      ...talk.state,
      runs: talk.state.runs.map((run) => ({ ...run, flow: 'broken', answers: { x: 'boom' } })),
    };
    expect(() => talk.text('x')).toThrow('cannot go on');
    talk.send({ type: 'parked' });
    expect(talk.heard()).toContain('chưa xử lý được');
    expect(talk.run).toBeUndefined();
    talk.pick('/go:f');
    talk.text('Bình');
    expect(talk.run?.answers).toEqual({ name: 'Bình' });
  });

  test('the result of a call that nobody waits for changes nothing but what is to be remembered', () => {
    const talk = talkOf('An');
    const { state } = talk;
    talk.send({ type: 'result', call: '7|=told', value: 1, remember: { person: 'p' } });
    expect(talk.state).toEqual({ ...state, memory: { person: 'p' } });
    expect(talk.outcome).toBe('ignored');
  });

  test('a state of another version is refused', () => {
    const engine = engineOf();
    expect(() => engine.read({ v: 2 })).toThrow('version 2');
    expect(() => engine.read(null)).toThrow('cannot be read');
    expect(engine.read(engine.empty('en') as never)).toEqual(engine.empty('en'));
  });

  test('a flow that asks the same twice is told so', () => {
    const twice = toy('f', function* (ask) {
      yield* ask.text('x', anything);
      return yield* ask.text('x', anything);
    });
    expect(() => toyTalk([twice]).text('a')).toThrow('f asks x twice');
  });

  test('a flow that goes over into itself without end is told so', () => {
    const body = function* (): Asking<End> {
      yield* [];
      return { says: [], next: { flow: 'round' } };
    };
    const round = flow('round', { brief: true }, body);
    expect(() => toyTalk([round])).toThrow('turns in a circle');
  });
});

test('the greeting stores nothing and is said in the language asked for', () => {
  const engine = engineOf();
  for (const lang of LANGS) {
    const { says, state } = engine.greeting(lang);
    expect(says).toHaveLength(1);
    expect(says[0]?.notes).toEqual([{ key: 'engine.greeting' }]);
    expect(state.runs).toEqual([]);
    expect(
      engine.step(engine.empty(lang), { type: 'choice', ids: ['/go:declare:whom=me'], turn: 1 }, NOW).call
        ?.name,
    ).toBe('lastDeclaration');
  }
});

describe('the list of answers to edit', () => {
  test.each([
    ['1', 'name'],
    ['Name', 'name'],
    ['f.name.label', 'name'],
    ['sửa 1', 'name'],
  ])('%j chooses %s', (text, key) => {
    const talk = talkOf('An', 'nam', 'sửa', text);
    expect(asked(talk)).toBe(key);
  });

  test('words that name nothing, or two, show the list again and are no answer', () => {
    for (const text of ['gì đó', 'label', '9', '']) {
      const talk = talkOf('An', 'nam', 'sửa', text);
      expect(talk.run?.editing).toBe(true);
      expect(talk.run?.answers).toEqual({ name: 'An', sex: 'male' });
    }
  });

  test('an answer in free text that begins with "sửa" is an answer', () => {
    const talk = talkOf('An', 'nam', 'sửa đường giúp bà con');
    expect(told(talk)).toEqual(['An', 'male', 'sửa đường giúp bà con']);
    expect(asked(talkOf('An', 'nam', 'sửa name'))).toBe('name');
  });
});
