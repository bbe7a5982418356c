import { describe, expect, test } from '@jest/globals';
import { draw } from '../../../bots/telegram/render.ts';
import { type Choice, line, type Say } from '../../../src/dialogue/say.ts';
import { renderer } from './stand.ts';

const choice = (id: string, label: string): Choice => ({ id, label });
const control = (id: string, label: string): Choice => ({ id, label, control: true });
const back = control('/back', 'Quay lại');
const skip = control('/skip', 'Bỏ qua');
const ask = line('person.phone');
const drawn = (say: Partial<Say>, open = false) => draw(renderer, 'vi', { notes: [], turn: 3, ...say }, open);

/** Labels of the buttons, row by row, whichever kind of keyboard they stand on. */
const rows = (say: Partial<Say>): readonly (readonly string[])[] => {
  const { markup } = drawn(say);
  if (markup === undefined || 'remove_keyboard' in markup) return [];
  const keys = 'keyboard' in markup ? markup.keyboard : markup.inline_keyboard;
  return keys.map((row) => row.map((key) => (typeof key === 'string' ? key : key.text)));
};
const data = (say: Partial<Say>): readonly string[] => {
  const { markup } = drawn(say);
  if (markup === undefined || !('inline_keyboard' in markup)) return [];
  return markup.inline_keyboard.flat().map((key) => ('callback_data' in key ? key.callback_data : ''));
};

describe('buttons', () => {
  test.each<[string, readonly Choice[], readonly (readonly string[])[]]>([
    ['short ones share a row', [choice('yes', 'Có'), choice('no', 'Không')], [['Có', 'Không']]],
    [
      'no more than three in a row',
      ['a', 'b', 'c', 'd'].map((id) => choice(id, id)),
      [['a', 'b', 'c'], ['d']],
    ],
    [
      'a long one has its own',
      [choice('a', 'Xe khách'), choice('b', 'Đi cùng người thân, xe của gia đình'), choice('c', 'Máy bay')],
      [['Xe khách'], ['Đi cùng người thân, xe của gia đình'], ['Máy bay']],
    ],
    ['back and skip stand together, last', [skip, choice('a', 'Có'), back], [['Có'], ['Bỏ qua', 'Quay lại']]],
  ])('%s', (_, choices, expected) => {
    expect(rows({ ask, choices })).toEqual(expected);
  });

  test('carry the turn they were drawn for', () => {
    const choices = [choice('yes', 'Có'), choice('/go:declare:whom=me', 'Khai cho tôi')];
    expect(data({ ask, choices, turn: 36 })).toEqual(['10.yes', '10./go:declare:whom=me']);
  });

  test('are ticked where several may be chosen, except for those that choose nothing', () => {
    const choices = [
      { ...choice('a', 'Sốt'), picked: true as const },
      choice('b', 'Ho'),
      control('done', 'Xong'),
    ];
    expect(rows({ ask, choices, several: true })).toEqual([['☑ Sốt', '☐ Ho'], ['Xong']]);
  });

  test('a label that is too long is cut between two signs', () => {
    const [[label = ''] = []] = rows({ ask, choices: [choice('a', `${'a'.repeat(58)}👍🏽👍🏽👍🏽`)] });
    expect(label.length).toBeLessThanOrEqual(61);
    expect(label).toMatch(/^a{58}.{0,2}…$/u);
  });

  test('an id of more than 64 bytes is written as a word to type', () => {
    const fits = 'x'.repeat(62);
    const long = choice(`${fits}y`, 'Tên dài');
    const said = drawn({ ask, choices: [choice(fits, 'Vừa'), long] });
    expect(data({ ask, choices: [choice(fits, 'Vừa'), long] })).toEqual([`3.${fits}`]);
    expect(said.text).toContain('Gõ: Tên dài');
    expect(said.text).not.toContain('Vừa');
  });

  test('bytes are counted, not letters', () => {
    expect(data({ ask, choices: [choice('ệ'.repeat(21), 'a')] })).toEqual([]);
    expect(data({ ask, choices: [choice('ệ'.repeat(20), 'a')] })).toHaveLength(1);
  });

  test('the hundred-and-first is a word to type; back stays a button', () => {
    const choices = [...Array.from({ length: 101 }, (_, n) => choice(`c${n}`, `Mục ${n}`)), back];
    const labels = rows({ ask, choices }).flat();
    expect(labels).toHaveLength(100);
    expect(labels.at(-1)).toBe('Quay lại');
    expect(drawn({ ask, choices }).text).toContain('Gõ: Mục 99 / Mục 100');
  });
});

describe('what the phone can share', () => {
  test('a number: a keyboard with one button for it, and the rest as words', () => {
    expect(drawn({ ask, input: 'contact', choices: [skip, back] }).markup).toEqual({
      keyboard: [
        [{ text: '📱 Gửi số của tôi', request_contact: true }],
        [{ text: 'Bỏ qua' }, { text: 'Quay lại' }],
      ],
      resize_keyboard: true,
      one_time_keyboard: true,
    });
  });

  test.each(['place', 'location'] as const)('a position, at a question for a %s', (input) => {
    expect(rows({ ask, input, choices: [back] })).toEqual([['📍 Gửi vị trí của tôi'], ['Quay lại']]);
  });

  test('not where there are answers to choose from', () => {
    const choices = [choice('n0', 'xã Than Uyên'), back];
    expect(data({ ask, input: 'place', choices })).toEqual(['3.n0', '3./back']);
  });
});

describe('the keyboard of an earlier question', () => {
  const notes = [line('engine.dropped')];
  const choices = [choice('yes', 'Có')];
  test.each<[string, Partial<Say>, object]>([
    [
      'goes with a message without buttons',
      { notes },
      { text: 'Đã xóa bản nháp.', markup: { remove_keyboard: true } },
    ],
    [
      'goes with the notes of one that has buttons',
      { notes, ask: line('withdraw.sure'), progress: { at: 2, of: 5 }, choices },
      {
        before: 'Đã xóa bản nháp.',
        text: expect.stringMatching(/^\(2\/5\) /),
        markup: { inline_keyboard: expect.anything() },
      },
    ],
    [
      'goes with a word where there are no notes',
      { ask: line('withdraw.sure'), choices },
      { before: 'Đã nhận.', markup: { inline_keyboard: expect.anything() } },
    ],
    [
      'is replaced by the next of its kind',
      { ask, input: 'contact' },
      { markup: { keyboard: expect.anything() } },
    ],
  ])('%s', (_, say, expected) => {
    expect(drawn(say, true)).toMatchObject(expected);
    expect(drawn(say, false)).not.toHaveProperty('before');
  });
});
