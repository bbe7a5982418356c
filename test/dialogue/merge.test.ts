import { describe, expect, test } from '@jest/globals';
import { merge, workName } from '../../src/dialogue/merge.ts';
import { type ChatState, newState, type Run } from '../../src/dialogue/state.ts';
import { engineOf, NOW, Talk } from '../harness/talk.ts';
import { WORLDS } from '../harness/world.ts';

const run = (id: number, more: Partial<Run> = {}): Run => ({
  id,
  flow: 'declare',
  params: {},
  startedAt: NOW,
  touchedAt: NOW,
  answers: { [`of ${id}`]: id },
  was: {},
  tries: 0,
  ...more,
});
const state = (more: Partial<ChatState> = {}): ChatState => ({ ...newState(), ...more });
const together = (a: Partial<ChatState>, b: Partial<ChatState>): ChatState =>
  merge({ state: state(a), owner: 'A' }, { state: state(b), owner: 'B' });

describe('two conversations in one', () => {
  test('runs of both, those of the second under new ids and put aside', () => {
    const merged = together(
      { runs: [run(1), run(4)], active: 4, nextRun: 5 },
      { runs: [run(1), run(2)], active: 2, nextRun: 3 },
    );
    expect(merged.runs.map(({ id, answers }) => [id, answers])).toEqual([
      [1, { 'of 1': 1 }],
      [4, { 'of 4': 4 }],
      [5, { 'of 1': 1 }],
      [6, { 'of 2': 2 }],
    ]);
    expect([merged.active, merged.nextRun]).toEqual([4, 7]);
  });

  test('where the first talks of nothing, what the second talks of goes on', () => {
    const merged = together({ runs: [run(1)], nextRun: 2 }, { runs: [run(3)], active: 3, nextRun: 4 });
    expect([merged.active, merged.nextRun]).toEqual([2, 3]);
    expect(together({}, { runs: [run(1)] })).not.toHaveProperty('active');
  });

  test('what the first remembers wins; what was forgotten is not remembered', () => {
    const merged = together(
      { memory: { person: 'p1', staff: null, name: 'a' } },
      { memory: { person: 'p2', staff: 's2', other: 1, gone: null } },
    );
    expect(merged.memory).toEqual({ person: 'p1', staff: 's2', name: 'a', other: 1 });
  });

  test('language, numbers and the last press are those of the first', () => {
    const first = { lang: 'en', numbered: ['x'], pressed: { turn: 3, ids: ['x'], at: 1 } } as const;
    expect(together(first, { lang: 'vi', numbered: ['y'] })).toMatchObject(first);
    expect(together({}, { numbered: ['y'] })).not.toHaveProperty('numbered');
  });

  test('each result of work under way finds the photo it belongs to', () => {
    const waiting = { key: 'who.card', work: '1|who.card|3' };
    const merged = together({ runs: [run(1, { waiting })], nextRun: 2 }, { runs: [run(1, { waiting })] });
    expect(merged.runs.map((each) => each.waiting?.work)).toEqual([
      workName('A', waiting.work),
      workName('B', waiting.work),
    ]);
    const again = merge({ state: merged }, { state: state({ runs: [run(1, { waiting })] }), owner: 'C' });
    expect(again.runs.map((each) => each.waiting?.work?.slice(0, 2))).toEqual(['A:', 'B:', 'C:']);
  });

  test('it can be read, and is JSON', () => {
    const merged = together({ runs: [run(1)], active: 1 }, { runs: [run(1)] });
    expect(JSON.parse(JSON.stringify(merged))).toEqual(merged);
    expect(engineOf().read(merged as never)).toEqual(merged);
  });
});

describe('buttons drawn before', () => {
  test.each([
    ['older than the open question: its own buttons stay good', 9, 5, { key: 'q', turn: 9 }],
    ['as old as it or newer: it is asked anew', 9, 9, undefined],
  ])('those of the other chat are %s', (_name, mine, theirs, asked) => {
    const open = run(1, { asked: { key: 'q', turn: mine } });
    const merged = together({ runs: [open], active: 1, turn: 10 }, { turn: theirs });
    expect(merged.runs[0]?.asked).toEqual(asked);
    expect(merged.turn).toBe(11);
  });

  test('a press of the other chat’s old button answers nothing', () => {
    const [here, there] = [new Talk(WORLDS.newcomer), new Talk(WORLDS.newcomer)];
    here.texts('khai báo', 'đồng ý');
    there.texts('menu', 'khai báo', 'đồng ý', 'menu', 'khai hộ');
    const old = there.last;
    const before = here.run?.asked?.key;
    here.state = merge({ state: here.state }, { state: there.state });
    here.send({ type: 'choice', ids: [old?.choices?.[0]?.id ?? ''], turn: old?.turn ?? 0 });
    expect(here.outcome).not.toBe('answered');
    expect(here.run?.asked?.key).toBe(before);
  });

  test('the draft of the second is offered, and goes on where it was', () => {
    const [here, there] = [new Talk(WORLDS.newcomer), new Talk(WORLDS.newcomer)];
    here.text('menu');
    there.texts('khai báo', 'đồng ý', 'cho tôi', 'không', 'Lò Văn Pản');
    const key = there.run?.asked?.key;
    there.text('menu');
    here.state = merge({ state: here.state }, { state: there.state });
    here.text('tiếp tục');
    expect(here.run?.asked?.key).toBe(key);
    expect(here.run?.answers['who.name']).toBe('Lò Văn Pản');
  });
});
