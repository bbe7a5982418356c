import { describe, expect, test } from '@jest/globals';
import { EXERCISE_LIFE, exercisingSince } from '../../src/dialogue/exercise.ts';
import { NOW, Talk } from '../harness/talk.ts';
import { WORLDS } from '../harness/world.ts';

const exercising = (): Talk => {
  const talk = new Talk(WORLDS.staff);
  for (const text of ['NV-7K3M-9PVT', 'khai báo', 'đồng ý', 'diễn tập', 'có']) talk.text(text);
  return talk;
};

describe('an exercise', () => {
  test('begins with an empty desk and keeps the real one', () => {
    const talk = exercising();
    expect(exercisingSince(talk.state.memory)).toBe(NOW);
    expect(talk.state.runs).toEqual([]);
    expect(talk.state.memory.aside).toMatchObject({ runs: [{ flow: 'declare' }], memory: { staff: 's1' } });
  });

  test('ends by itself after a shift; what comes next is real, and says so', () => {
    const talk = exercising();
    talk.text('khai báo');
    talk.now = NOW + EXERCISE_LIFE;
    talk.text('đồng ý');
    expect(talk.heard()).toContain('[DIỄN TẬP]');
    talk.now += 1;
    talk.text('cho tôi');
    expect(talk.heard()).toContain('Từ đây là việc thật');
    expect(talk.heard()).not.toContain('[DIỄN TẬP]');
    expect(talk.state.memory).toMatchObject({ staff: 's1' });
    expect(talk.state.memory.aside).toBeUndefined();
    // What was said was meant for the exercise; its declaration is gone, the real one is there.
    expect(talk.state.runs.map(({ answers }) => Object.keys(answers).includes('whom'))).toEqual([false]);
    talk.text('tiếp tục');
    expect(talk.run).toMatchObject({ flow: 'declare' });
  });

  test('that runs out with a declaration ready to be sent sends nothing', () => {
    const talk = exercising();
    talk.texts(
      'khai báo',
      'đồng ý',
      'cho tôi',
      'không có',
      'Giàng A Giả, 1988, nam, 099088004321, 0987000111',
    );
    talk.texts('Mường Kim', 'Lào Cai đến Than Uyên', 'xe khách', 'bỏ qua', 'hôm nay', '1', 'sốt', 'không');
    expect(talk.heard()).toContain('đã đúng chưa');
    talk.now = NOW + EXERCISE_LIFE + 1;
    talk.text('gửi');
    expect(talk.calls.map(({ name }) => name)).not.toContain('submitDeclaration');
    expect(talk.heard()).toContain('Từ đây là việc thật');
  });

  test('ends with the service of the staff member', () => {
    const talk = exercising();
    talk.text('hủy liên kết');
    talk.text('có');
    expect(exercisingSince(talk.state.memory)).toBeUndefined();
    expect(talk.state.memory.staff ?? null).toBeNull();
    expect(talk.state.runs.map(({ flow }) => flow)).toEqual(['declare']);
  });
});
