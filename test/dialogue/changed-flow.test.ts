import { describe, expect, test } from '@jest/globals';
import type { Ask } from '../../src/dialogue/ask.ts';
import type { Asking, Flow } from '../../src/dialogue/flow.ts';
import { optionsOf } from '../../src/dialogue/question/choice.ts';
import { ok, type Parsed, problem } from '../../src/domain/parsed.ts';
import { plainRenderer, told, toy, toyEngine, toyTalk } from '../harness/flows.ts';
import { Talk } from '../harness/talk.ts';

const anything = (raw: string): Parsed<string> => ok(raw.trim());
const digits = (raw: string): Parsed<string> => (/^\d+$/.test(raw) ? ok(raw) : problem('problem.note'));
const colours = (...ids: readonly string[]) =>
  optionsOf(
    'colour',
    ids.map((id) => ({ id })),
  );

type Body = (ask: Ask) => Asking<unknown>;

/** A draft begun in one release and taken up in the next. */
const across = (
  before: Body,
  answers: readonly string[],
  after: readonly Flow[] | Body,
  later: readonly string[] = [],
): Talk => {
  const old = toyTalk([toy('f', before)]);
  old.texts(...answers);
  const flows = typeof after === 'function' ? [toy('f', after)] : after;
  const talk = new Talk(old.world, toyEngine(flows), 'vi', plainRenderer);
  talk.state = old.state;
  talk.now = old.now;
  talk.texts(...later);
  return talk;
};

const asked = (talk: Talk): string | undefined => talk.run?.asked?.key;

const twoTexts: Body = function* (ask) {
  return [yield* ask.text('a', anything), yield* ask.text('b', anything), yield* ask.text('c', anything)];
};

describe('a flow that changes under a draft', () => {
  test('a question was added before the present one: only it is asked', () => {
    const talk = across(
      twoTexts,
      ['1', '2'],
      function* (ask) {
        return [
          yield* ask.text('a', anything),
          yield* ask.text('new', anything),
          yield* ask.text('b', anything),
          yield* ask.text('c', anything),
        ];
      },
      ['trợ giúp'],
    );
    expect(asked(talk)).toBe('new');
    talk.texts('x', '3');
    expect(told(talk)).toEqual(['1', 'x', '2', '3']);
  });

  test('an answer to a question that was moved meanwhile is an answer to what is asked now', () => {
    const talk = across(
      twoTexts,
      ['1', '2'],
      function* (ask) {
        return [
          yield* ask.text('new', anything),
          yield* ask.text('c', anything),
          yield* ask.text('a', anything),
        ];
      },
      ['trợ giúp', 'x', '3'],
    );
    expect(told(talk)).toEqual(['x', '3', '1']);
  });

  test('a question was removed: the rest goes on', () => {
    const talk = across(
      twoTexts,
      ['1', '2'],
      function* (ask) {
        return [yield* ask.text('a', anything), yield* ask.text('c', anything)];
      },
      ['3'],
    );
    expect(told(talk)).toEqual(['1', '3']);
  });

  test('questions changed places: nothing is asked twice', () => {
    const talk = across(
      twoTexts,
      ['1', '2'],
      function* (ask) {
        return [
          yield* ask.text('c', anything),
          yield* ask.text('b', anything),
          yield* ask.text('a', anything),
        ];
      },
      ['3'],
    );
    expect(told(talk)).toEqual(['3', '2', '1']);
  });

  test('the last question was removed: the next message ends the conversation', () => {
    const talk = across(
      twoTexts,
      ['1', '2'],
      function* (ask) {
        return [yield* ask.text('a', anything), yield* ask.text('b', anything)];
      },
      ['trợ giúp'],
    );
    expect(told(talk)).toEqual(['1', '2']);
  });

  test('an option is gone: who chose it is asked again, who chose another is not', () => {
    const before: Body = function* (ask) {
      return [yield* ask.choice('colour', colours('red', 'blue')), yield* ask.text('c', anything)];
    };
    const after: Body = function* (ask) {
      return [yield* ask.choice('colour', colours('blue', 'green')), yield* ask.text('c', anything)];
    };
    expect(told(across(before, ['1'], after, ['trợ giúp', '2', 'x']))).toEqual(['green', 'x']);
    expect(told(across(before, ['2'], after, ['x']))).toEqual(['blue', 'x']);
  });

  test('several choices: an option is gone, and what was ticked of it too', () => {
    const before: Body = function* (ask) {
      return [yield* ask.choices('colours', colours('red', 'blue')), yield* ask.text('c', anything)];
    };
    const after: Body = function* (ask) {
      return [yield* ask.choices('colours', colours('blue')), yield* ask.text('c', anything)];
    };
    expect(asked(across(before, ['1, 2'], after, ['trợ giúp']))).toBe('colours');
    expect(asked(across(before, ['2'], after, ['trợ giúp']))).toBe('c');
    const old = toyTalk([toy('f', before)]);
    old.pick('red');
    old.pick('blue');
    const talk = new Talk(old.world, toyEngine([toy('f', after)]), 'vi', plainRenderer);
    talk.state = old.state;
    talk.send({ type: 'choice', ids: ['done'], turn: 99 });
    talk.text('x');
    expect(told(talk)).toEqual([['blue'], 'x']);
  });

  test('a parser was tightened: what no longer fits is asked again, and not offered', () => {
    const after: Body = function* (ask) {
      return [yield* ask.text('a', digits), yield* ask.text('b', digits), yield* ask.text('c', digits)];
    };
    const talk = across(twoTexts, ['eins', '2'], after, ['trợ giúp']);
    expect(asked(talk)).toBe('a');
    talk.texts('1', '3');
    expect(told(talk)).toEqual(['1', '2', '3']);
    const back = toyTalk([toy('f', twoTexts)]);
    back.texts('eins', 'quay lại');
    const again = new Talk(back.world, toyEngine([toy('f', after)]), 'vi', plainRenderer);
    again.state = back.state;
    again.text('giữ');
    expect(again.last?.choices?.map(({ id }) => id)).not.toContain('/keep');
    expect(asked(again)).toBe('a');
  });

  test('a range was narrowed, and widened again', () => {
    const within = (max: number): Body =>
      function* (ask) {
        return [yield* ask.number('n', { min: 1, max }), yield* ask.text('c', anything)];
      };
    expect(asked(across(within(10), ['7'], within(5), ['trợ giúp']))).toBe('n');
    expect(asked(across(within(5), ['4'], within(10), ['trợ giúp']))).toBe('c');
  });

  test('a question became another kind: its answer is asked again', () => {
    const text: Body = function* (ask) {
      return [yield* ask.text('q', anything), yield* ask.text('c', anything)];
    };
    const kinds: readonly Body[] = [
      function* (ask) {
        return [yield* ask.number('q', { min: 0, max: 9 }), yield* ask.text('c', anything)];
      },
      function* (ask) {
        return [yield* ask.yesNo('q'), yield* ask.text('c', anything)];
      },
      function* (ask) {
        return [yield* ask.place('q'), yield* ask.text('c', anything)];
      },
      function* (ask) {
        return [yield* ask.date('q', { back: 9, ahead: 9 }), yield* ask.text('c', anything)];
      },
      function* (ask) {
        return [yield* ask.choices('q', colours('red')), yield* ask.text('c', anything)];
      },
      function* (ask) {
        return [yield* ask.contact('q'), yield* ask.text('c', anything)];
      },
      function* (ask) {
        return [yield* ask.choice('q', colours('red')), yield* ask.text('c', anything)];
      },
    ];
    for (const kind of kinds) {
      expect(asked(across(text, ['gì đó'], kind, ['trợ giúp']))).toBe('q');
      // The same for an answer that was taken back: it is not offered in the new question.
      const taken = across(text, ['gì đó', 'quay lại'], kind, ['trợ giúp']);
      expect(taken.last?.choices?.map(({ id }) => id)).not.toContain('/keep');
    }
  });

  test('what was optional is not any more: a skipped one is asked', () => {
    const optional: Body = function* (ask) {
      return [yield* ask.text('a', anything, { optional: true }), yield* ask.text('c', anything)];
    };
    expect(asked(across(optional, ['bỏ qua'], twoTexts, ['trợ giúp']))).toBe('a');
    const free = across(
      twoTexts,
      ['1', '2'],
      function* (ask) {
        return [
          yield* ask.text('a', anything, { optional: true }),
          yield* ask.text('c', anything, { optional: true }),
        ];
      },
      ['không'],
    );
    expect(told(free)).toEqual(['1', undefined]);
  });

  test('candidates of an ambiguous place go with the question', () => {
    const place: Body = function* (ask) {
      return [yield* ask.place('q')];
    };
    const talk = across(place, ['Mường Than'], function* (ask) {
      return [yield* ask.text('q', anything)];
    });
    talk.send({ type: 'choice', ids: ['n0'], turn: talk.state.turn });
    expect(talk.outcome).toBe('problem');
    talk.text('x');
    expect(told(talk)).toEqual(['x']);
  });

  test('a review that was sent stands for the answers it showed', () => {
    const reviewed: Body = function* (ask) {
      const a = yield* ask.text('a', anything);
      yield* ask.review();
      return [a, yield* ask.text('c', anything)];
    };
    const talk = across(reviewed, ['1', 'gửi'], reviewed, ['quay lại']);
    expect(asked(talk)).toBe('review');
    talk.texts('sửa a', '2');
    expect(asked(talk)).toBe('review');
  });

  test('a call with other arguments is made again, one with the same is not', () => {
    const calls = (argument: string): Body =>
      function* (ask) {
        const a = yield* ask.text('a', anything);
        yield* ask.call('looked', 'toy', { argument }, null);
        return [a, yield* ask.text('c', anything)];
      };
    expect(across(calls('x'), ['1'], calls('x'), ['trợ giúp']).calls).toHaveLength(0);
    expect(across(calls('x'), ['1'], calls('y'), ['trợ giúp']).calls).toEqual([
      { name: 'toy', args: { argument: 'y' } },
    ]);
  });
});

describe('a flow that is gone', () => {
  const other = toy('g', twoTexts, { menu: [{ order: 1, label: { key: 'g.menu' } }], words: ['làm gì đó'] });

  test('says so once, keeps the chat alive, and is not offered', () => {
    const talk = across(twoTexts, ['1', '2'], [other], ['3']);
    expect(talk.heard()).toContain('Mục này vừa được thay đổi');
    expect(talk.run).toBeUndefined();
    talk.text('menu');
    expect(talk.last?.choices?.map(({ id }) => id)).toEqual(['/go:g', '/language', '/help']);
    talk.texts('tiếp tục', 'làm gì đó', 'x');
    expect(talk.run?.answers).toEqual({ a: 'x' });
  });

  test.each(['quay lại', 'sửa', 'bỏ qua', 'hủy', 'menu', 'trợ giúp', 'English', 'x', '1', '👍'])(
    '%s does not fail',
    (text) => {
      const talk = across(twoTexts, ['1', '2'], [other], [text]);
      expect(talk.said.length).toBeGreaterThan(0);
    },
  );

  test('a press, a photo and a parked message do not fail either', () => {
    for (const event of [
      { type: 'choice', ids: ['x'], turn: 2 },
      { type: 'photo', ref: 'p' },
      { type: 'parked' },
      { type: 'worked', work: '1|a|1', value: 'x' },
      { type: 'result', call: '1|=told', value: null },
    ] as const) {
      const talk = across(twoTexts, ['1', '2'], [other]);
      talk.send(event);
      expect(talk.state.runs).toHaveLength(1);
    }
  });

  test('an older process of a rolling release does not throw the draft away', () => {
    const talk = across(twoTexts, ['1', '2'], [other], ['3']);
    const newer = new Talk(talk.world, toyEngine([toy('f', twoTexts)]), 'vi', plainRenderer);
    newer.state = talk.state;
    newer.texts('tiếp tục', '3');
    expect(told(newer)).toEqual(['1', '2', '3']);
  });

  test('it counts for no limit, and goes with its time', () => {
    const talk = across(twoTexts, ['1', '2'], [other]);
    talk.now += 49 * 3_600_000;
    talk.text('alo');
    expect(talk.state.runs).toEqual([]);
    expect(talk.heard()).not.toContain('quá 48 giờ');
  });
});
