import { type Asking, type End, end, flow } from '../src/dialogue/flow.ts';
import { line } from '../src/dialogue/say.ts';
import type { Json } from '../src/domain/json.ts';

/** The answer to "are you still there?": one tap. */
export const stillHere = flow(
  'stillHere',
  {
    words: ['còn ở đó', 'vẫn ở đó', 'vẫn ở đây', 'chưa đi đâu', 'still here', 'still there'],
    command: 'cono',
    brief: true,
  },
  function* (ask): Asking<End> {
    const found = yield* ask.call<Json>('kept', 'confirmStay', {}, { count: 1 });
    const { count } = found as { readonly count: number };
    return end(line(count > 0 ? 'stillHere.thanks' : 'stillHere.none'));
  },
);
