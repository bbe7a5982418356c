import { describe, expect, test } from '@jest/globals';
import { Talk } from '../harness/talk.ts';
import { WORLDS } from '../harness/world.ts';
import { ON_THE_WAY } from './onTheWay.ts';

const keys = (talk: Talk): readonly string[] => talk.last?.notes.map(({ key }) => key) ?? [];

describe('"nhắc lại" is "please say it again" where something is asked', () => {
  test.each(['nhắc lại', 'Nhac lai', 'hỏi lại', '/nhaclai', 'repeat'])(
    '%j: nothing is counted wrong',
    (raw) => {
      const talk = new Talk(WORLDS.newcomer);
      talk.texts('khai báo', 'đồng ý', 'tôi', 'tôi gõ', '12345');
      const [asked, tries] = [talk.last?.ask?.key, talk.run?.tries];
      talk.text(raw);
      expect([talk.last?.ask?.key, talk.run?.tries, talk.outcome]).toEqual([asked, tries, 'command']);
      expect(keys(talk)).toEqual([]);
      expect(talk.calls.some(({ name }) => name === 'resumeUnasked')).toBe(false);
    },
  );

  test('also in the list of what to edit', () => {
    const talk = new Talk(WORLDS.newcomer);
    talk.texts(...ON_THE_WAY, 'sửa', 'nhắc lại');
    expect(talk.last?.ask?.key).toBe('engine.edit.which');
  });

  test.each(['nhắc lại', 'nhac lai', 'nhận lại lời nhắc', 'Nhận lại lời nhắc'])(
    'and where nothing is asked reminders come again: %j',
    (raw) => {
      const talk = new Talk(WORLDS.newcomer);
      talk.texts('dừng nhắc', raw);
      expect(keys(talk)).toEqual(['resumeReminders.done']);
    },
  );
});

test.each([
  ['thôi nhận báo cáo', 'stopReminders', 'report'],
  ['Dừng báo cáo', 'stopReminders', 'report'],
  ['không nhận báo cáo nữa', 'stopReminders', 'report'],
  ['no more reports', 'stopReminders', 'report'],
  ['nhận lại báo cáo', 'resumeReminders', 'report'],
  ['send the report again', 'resumeReminders', 'report'],
  ['dừng', 'stopReminders', 'allReport'],
])('a leader types %j: %s of %s', (raw, flow, what) => {
  const talk = new Talk(WORLDS['leader who links']);
  talk.texts('NV-7K3M-9PVT', raw);
  expect(talk.last?.notes[0]).toMatchObject({
    key: `${flow}.done`,
    values: { what: { key: `unasked.${what}` } },
  });
});

test('where something is asked "thôi nhận báo cáo" is no answer to it that stops anything', () => {
  const talk = new Talk(WORLDS['leader who links']);
  talk.texts('NV-7K3M-9PVT', 'khai báo', 'đồng ý', 'tôi', 'tôi gõ', 'thôi nhận báo cáo');
  expect(talk.calls.some(({ name }) => name === 'stopUnasked')).toBe(false);
});

test.each(['đừng nhắc tôi nữa', 'không nhắc tôi nữa nhé', 'tôi không muốn nhận lời nhắc'])(
  '%j does not begin reminders',
  (raw) => {
    const talk = new Talk(WORLDS.newcomer);
    talk.texts('alo', raw);
    expect(keys(talk)).toEqual(['stopReminders.done']);
  },
);
