import { describe, expect, test } from '@jest/globals';
import { LIMITS, type Limits } from '../../src/dialogue/limits.ts';
import { optionsOf } from '../../src/dialogue/question/choice.ts';

import { parseNote } from '../../src/domain/person.ts';
import { told, toy, toyTalk } from '../harness/flows.ts';
import type { Talk } from '../harness/talk.ts';

const note = toy('f', (ask) => ask.text('note', parseNote, { inline: false }));

const keysOf = (talk: Talk): readonly string[] => talk.last?.notes.map(({ key }) => key) ?? [];
const idsOf = (talk: Talk): readonly string[] => talk.last?.choices?.map(({ id }) => id) ?? [];

/** One test for each limit, at it and beyond it; a limit without a test here is a type error. */
const TESTS: Record<keyof Limits, () => void> = {
  answerLength: () => {
    const at = toyTalk([note]);
    at.text('x'.repeat(LIMITS.answerLength));
    expect(told(at)).toHaveLength(500);
    const beyond = toyTalk([note]);
    beyond.text('x'.repeat(LIMITS.answerLength + 1));
    expect(told(beyond)).toBeUndefined();
    expect(beyond.heard()).toContain('dài quá 500 ký tự');
    // No way around it: not by commas, not by a command in front, not by a slash.
    for (const long of [
      `An, ${'x, '.repeat(200)}`,
      `sửa ${'x'.repeat(600)}`,
      `/tracuu ${'x'.repeat(600)}`,
      `hủy${' '.repeat(600)}`,
    ]) {
      const other = toyTalk([toy('f', (ask) => ask.text('note', parseNote))]);
      other.text(long);
      expect(keysOf(other)).toContain('problem.tooLong');
      expect(JSON.stringify(other.state).length).toBeLessThan(500);
    }
  },
  questionsPerRun: () => {
    const many = (count: number) =>
      toy('f', function* (ask) {
        for (let n = 0; n < count; n += 1) yield* ask.yesNo(`q${n}`, { say: 'f.q' });
        return count;
      });
    const at = toyTalk([many(3)], { questionsPerRun: 3 });
    at.texts('có', 'có', 'có');
    expect(told(at)).toBe(3);
    const beyond = toyTalk([many(4)], { questionsPerRun: 3 });
    beyond.texts('có', 'có');
    expect(() => beyond.text('có')).toThrow('f asks too many questions');
    expect(LIMITS.questionsPerRun).toBe(200);
  },
  runsPerChat: () => {
    const flows = ['a', 'b', 'c', 'd'].map((name) =>
      toy(name, function* (ask) {
        yield* ask.text('one', parseNote);
        return yield* ask.text('two', parseNote);
      }),
    );
    const talk = toyTalk(flows);
    talk.text('xx');
    for (const name of ['b', 'c']) {
      talk.pick(`/go:${name}`);
      talk.text('xx');
    }
    expect(talk.run?.flow).toBe('c');
    expect(talk.state.runs).toHaveLength(LIMITS.runsPerChat);
    talk.pick('/go:d');
    expect(talk.run).toBeUndefined();
    expect(talk.state.runs).toHaveLength(LIMITS.runsPerChat);
    expect(talk.heard()).toContain('Mời tiếp tục hoặc xóa bớt');
    talk.pick('/drop:1');
    talk.pick('/go:d');
    expect(talk.run?.flow).toBe('d');
  },
  draftLife: () => {
    const later = (ms: number) => {
      const talk = toyTalk([
        toy('f', function* (ask) {
          yield* ask.text('one', parseNote);
          return yield* ask.text('two', parseNote);
        }),
      ]);
      talk.text('xx');
      talk.now += ms - 1000;
      talk.text('yy');
      return talk;
    };
    expect(told(later(LIMITS.draftLife))).toBe('yy');
    const late = later(LIMITS.draftLife + 1);
    expect(told(late)).toBeUndefined();
    expect(late.state.runs).toEqual([]);
    expect(late.heard()).toContain('quá 48 giờ');
    expect(LIMITS.draftLife).toBe(48 * 3_600_000);
  },
  photoBytes: () => {
    const photo = (bytes?: number) => {
      const talk = toyTalk([toy('f', (ask) => ask.photo('p', { work: 'read', fits: () => true }))]);
      talk.send({ type: 'photo', ref: 'r', ...(bytes === undefined ? {} : { bytes }) });
      return talk;
    };
    expect(photo(LIMITS.photoBytes).work).toHaveLength(1);
    expect(photo().work).toHaveLength(1);
    expect(photo(LIMITS.photoBytes + 1).work).toHaveLength(0);
    expect(photo(LIMITS.photoBytes + 1).heard()).toContain('8 MB');
  },
  tries: () => {
    const talk = toyTalk([toy('f', (ask) => ask.yesNo('q'))]);
    for (let n = 1; n < LIMITS.tries; n += 1) talk.text('gì');
    expect(keysOf(talk)).toEqual(['problem.yesNo']);
    expect(idsOf(talk)).not.toContain('/person');
    talk.text('gì');
    expect(keysOf(talk)).toEqual(['problem.yesNo', 'engine.easier.yesNo']);
    expect(idsOf(talk)).toContain('/person');
    talk.text('gì');
    expect(keysOf(talk)).toContain('engine.easier.yesNo');
  },
  choicesPerPage: () => {
    const options = (count: number) =>
      optionsOf(
        'o',
        Array.from({ length: count }, (_, n) => ({ id: `o${n + 1}` })),
      );
    const list = (count: number) => toyTalk([toy('f', (ask) => ask.choice('q', options(count)))]);
    expect(idsOf(list(10))).toHaveLength(10 + 1);
    // Eleven are nine and two: nobody turns a page for one choice.
    const eleven = list(11);
    expect(idsOf(eleven)).toEqual([...options(9).map(({ id }) => id), '/more', '/menu']);
    eleven.text('xem thêm');
    expect(idsOf(eleven)).toEqual(['o10', 'o11', '/less', '/menu']);
    eleven.text('2');
    expect(told(eleven)).toBe('o11');
    const paged = list(23);
    expect(idsOf(paged)).toEqual([...options(10).map(({ id }) => id), '/more', '/menu']);
    paged.text('xem thêm');
    expect(idsOf(paged).slice(0, 2)).toEqual(['o11', 'o12']);
    paged.text('xem thêm');
    expect(idsOf(paged)).toEqual(['o21', 'o22', 'o23', '/less', '/menu']);
    // A number that is not on the page is nobody's, a number on it is that of the page.
    paged.text('4');
    expect(told(paged)).toBeUndefined();
    paged.text('3');
    expect(told(paged)).toBe('o23');
    const named = list(23);
    named.text('o.o22');
    expect(told(named)).toBe('o22');
  },
  answersPerLine: () => {
    const questions = toy('f', function* (ask) {
      const given: string[] = [];
      for (let n = 0; n < 13; n += 1) given.push(String(yield* ask.yesNo(`q${n}`, { say: 'f.q' })));
      return given.length;
    });
    const at = toyTalk([questions]);
    at.text(Array(LIMITS.answersPerLine).fill('có').join(', '));
    expect(Object.keys(at.run?.answers ?? {})).toHaveLength(LIMITS.answersPerLine);
    const beyond = toyTalk([questions]);
    beyond.text(
      Array(LIMITS.answersPerLine + 1)
        .fill('có')
        .join(', '),
    );
    expect(Object.keys(beyond.run?.answers ?? {})).toHaveLength(0);
    expect(keysOf(beyond)).toEqual(['problem.yesNo']);
  },
  doublePress: () => {
    const press = (ms: number) => {
      const talk = toyTalk([
        toy('f', function* (ask) {
          yield* ask.yesNo('one');
          return yield* ask.yesNo('two');
        }),
      ]);
      const turn = talk.last?.turn ?? 0;
      talk.send({ type: 'choice', ids: ['yes'], turn });
      talk.now += ms - 1000;
      const said = talk.send({ type: 'choice', ids: ['yes'], turn });
      expect(talk.run?.answers).toEqual({ one: true });
      expect(talk.outcome).toBe('stale');
      return said;
    };
    expect(press(LIMITS.doublePress - 1)).toEqual([]);
    expect(press(0)).toEqual([]);
    // The same button once more is the same press, however late: there is nothing to tell.
    expect(press(60_000)).toEqual([]);
  },
};

describe('limits, at them and beyond', () => {
  test.each(Object.keys(LIMITS) as (keyof Limits)[])('%s', (name) => {
    TESTS[name]();
  });

  test('a number typed beyond the list of a page is no choice of another page', () => {
    const options = optionsOf(
      'o',
      Array.from({ length: 12 }, (_, n) => ({ id: `o${n + 1}` })),
    );
    const talk = toyTalk([toy('f', (ask) => ask.choice('q', options))]);
    talk.text('12');
    expect(told(talk)).toBeUndefined();
  });
});
