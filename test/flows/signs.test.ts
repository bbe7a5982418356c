import { describe, expect, test } from '@jest/globals';
import { Talk } from '../harness/talk.ts';
import { WORLDS } from '../harness/world.ts';

const ids = (talk: Talk): readonly string[] => talk.last?.choices?.map(({ id }) => id) ?? [];
const keys = (talk: Talk): readonly string[] => talk.last?.notes.map(({ key }) => key) ?? [];

/** An idle chat that has been greeted, and what was said to it. */
const saying = (...said: readonly string[]): Talk => {
  const talk = new Talk(WORLDS.newcomer);
  talk.texts('xin chào', ...said);
  return talk;
};

describe('somebody tells of a sign where nothing is asked', () => {
  test.each(['khó thở quá', 'tôi bị sốt', 'con tôi sốt cao', 'toi bi sot', 'Ho suốt đêm!', 'I have a fever'])(
    '%j: the emergency number, and a declaration is offered',
    (said) => {
      const talk = saying(said);
      expect(talk.heard()).toContain('115');
      expect(keys(talk)).toEqual(['declare.signs']);
      expect(ids(talk)).toEqual(['/go:declare:whom=me', '/go:declare:whom=other', '/go:update', '/menu']);
      talk.text('1');
      expect(talk.run?.flow).toBe('declare');
    },
  );

  test('as the first thing that is said at all', () => {
    const talk = new Talk(WORLDS.newcomer);
    talk.text('khó thở quá');
    expect(keys(talk)).toEqual(['engine.greeting', 'declare.signs']);
  });

  test('whoever asks for the declaration beside it is in it', () => {
    expect(saying('tôi sốt, muốn khai báo').run?.flow).toBe('declare');
  });

  test.each(['bỏ sót hộ tôi', 'khai hộ giúp tôi với', 'thời tiết hôm nay'])('%j tells of none', (said) => {
    expect(keys(saying(said))).toEqual(['engine.unknown']);
  });
});
