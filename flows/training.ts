import { type Asking, type End, end, flow } from '../src/dialogue/flow.ts';
import { optionsOf } from '../src/dialogue/question/choice.ts';
import { line } from '../src/dialogue/say.ts';
import type { Json } from '../src/domain/json.ts';
import { stranger } from './parts/staff.ts';

type State = { readonly is: 'everybody' | 'stranger' | 'real' | 'training' };

/** Begins or ends an exercise in a staff member's own chat. */
export const training = flow(
  'training',
  {
    menu: [{ order: 29, label: line('training.menu'), needs: 'staff' }],
    words: ['diễn tập', 'training', 'exercise'],
    command: 'dientap',
    needs: 'staff',
    brief: true,
  },
  function* (ask): Asking<End> {
    const usual = { is: 'real' } as const;
    const state = (yield* ask.call<Json>('state', 'trainingState', {}, usual)) as unknown as State;
    if (state.is === 'everybody') return end(line('training.everybody'));
    if (state.is === 'stranger') return stranger();
    const on = state.is === 'real';
    const options = optionsOf('training.sure', [{ id: 'yes' }, { id: 'no' }]);
    const sure = yield* ask.choice('sure', options, {
      values: { question: line(on ? 'training.begin' : 'training.end') },
    });
    if (sure !== 'yes') return end(line('training.asBefore'));
    yield* ask.call<Json>('done', on ? 'beginTraining' : 'endTraining', {}, null);
    return end(line(on ? 'training.begun' : 'training.ended'));
  },
);
