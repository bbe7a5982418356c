import { type Asking, type End, flow } from '../src/dialogue/flow.ts';
import { type Choice, line } from '../src/dialogue/say.ts';
import type { Json } from '../src/domain/json.ts';
import { fold, foldMarked } from '../src/domain/text.ts';
import { UNASKED, type Unasked } from '../src/domain/unasked.ts';

type What = Unasked | 'all';

const whatOf = (params: { readonly [name: string]: Json }): What =>
  UNASKED.find((kind) => kind === params.what) ?? 'all';

/** Written with its mark it is no name ("Dung", "Dũng") and no answer ("đúng"). */
const isStop = (said: string): boolean => foldMarked(said) === 'dừng';
/** Where nothing is asked, also as a phone without marks writes it in capitals. */
const isBareStop = (said: string): boolean => isStop(said) || said.trim() === 'DUNG';

const button = (flowName: string, what: What): Choice => ({
  id: `/go:${flowName}:what=${what}`,
  label: line(`${flowName}.go`),
});

const done = (flowName: string, what: What, back: string): End => ({
  says: [
    { notes: [line(`${flowName}.done`, { what: line(`unasked.${what}`) })], choices: [button(back, what)] },
  ],
});

/** "Dừng": nothing of this kind is sent any more; of all kinds when none is named. */
export const stopReminders = flow(
  'stopReminders',
  {
    words: [
      'dừng nhắc',
      'ngừng nhắc',
      'đừng nhắc nữa',
      'đừng nhắn nữa',
      'không nhận nữa',
      // Longer than "nhắc tôi", which stands in it and would begin what it is to stop.
      'không nhắc tôi',
      'không nhận lời nhắc',
      'không muốn nhận lời nhắc',
      'do not remind me',
      'stop reminders',
      'no more of these',
      'unsubscribe',
    ],
    command: 'dung',
    opens: isBareStop,
    anywhere: isStop,
    brief: true,
  },
  function* (ask, { params }): Asking<End> {
    const what = whatOf(params);
    yield* ask.call<Json>('done', 'stopUnasked', { what }, null);
    return done('stopReminders', what, 'resumeReminders');
  },
);

/** Where something is asked it is the wish to be asked once more. */
const isRemindAgain = (said: string): boolean => fold(said) === 'nhac lai';

export const resumeReminders = flow(
  'resumeReminders',
  {
    words: ['nhận lại lời nhắc', 'nhắc tôi', 'remind me again', 'resume reminders'],
    command: 'nhac',
    opens: isRemindAgain,
    brief: true,
  },
  function* (ask, { params }): Asking<End> {
    const what = whatOf(params);
    yield* ask.call<Json>('done', 'resumeUnasked', { what }, null);
    return done('resumeReminders', what, 'stopReminders');
  },
);
