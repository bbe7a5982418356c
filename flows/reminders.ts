import type { Memory } from '../src/dialogue/event.ts';
import { type Asking, type End, flow, type Start } from '../src/dialogue/flow.ts';
import { type Choice, type Line, line } from '../src/dialogue/say.ts';
import type { Json } from '../src/domain/json.ts';
import { fold, foldMarked } from '../src/domain/text.ts';
import { UNASKED, type Unasked } from '../src/domain/unasked.ts';

type What = Unasked | 'all';

/** What stands on the report's buttons, and near to it, typed: a word in it would open the report. */
const STOP_REPORT =
  /^(?:thoi nhan|khong nhan|dung|ngung|no more|stop) (?:the )?(?:bao cao|reports?)(?: nua)?$/;
const RESUME_REPORT = /^(?:nhan|gui) lai bao cao$|^(?:send|resume) (?:the )?reports?(?: again)?$/;
const isStopReport = (said: string): boolean => STOP_REPORT.test(fold(said));
const isResumeReport = (said: string): boolean => RESUME_REPORT.test(fold(said));

const whatOf = ({ what, said = '' }: { readonly [name: string]: Json }): What => {
  if (isStopReport(String(said)) || isResumeReport(String(said))) return 'report';
  return UNASKED.find((kind) => kind === what) ?? 'all';
};

/** Written with its mark it is no name ("Dung", "Dũng") and no answer ("đúng"). */
const isStop = (said: string): boolean => foldMarked(said) === 'dừng';
/** Where nothing is asked, also as a phone without marks writes it in capitals. */
const isBareStop = (said: string): boolean => isStop(said) || said.trim() === 'DUNG';

const OF_REPORT = {
  stopReminders: 'stopReminders.go.report',
  resumeReminders: 'resumeReminders.go.report',
} as const;
type Name = keyof typeof OF_REPORT;

const button = (flowName: Name, what: What): Choice => ({
  id: `/go:${flowName}:what=${what}`,
  label: line(what === 'report' ? OF_REPORT[flowName] : `${flowName}.go`),
});

/** What a chat remembers of whoever speaks in it: staff are sent alerts, and leaders a report. */
const isStaff = ({ staff }: Memory): boolean => (staff ?? null) !== null;
const readsReport = ({ reports }: Memory): boolean => reports === true;

const named = (what: What, memory: Memory): Line =>
  line(what === 'all' && readsReport(memory) ? 'unasked.allReport' : `unasked.${what}`);

const done = (flowName: Name, what: What, back: Name, { memory }: Start, more: readonly Line[]): End => {
  const notes = [line(`${flowName}.done`, { what: named(what, memory) }), ...more];
  return { says: [{ notes, choices: [button(back, what)] }] };
};

/** What stays as it was when somebody of the staff stops all this. */
const stays = (what: What, { memory }: Start): readonly Line[] => [
  ...(what === 'report' || (what === 'all' && readsReport(memory)) ? [line('stopReminders.report')] : []),
  ...(what === 'all' && isStaff(memory) ? [line('stopReminders.alerts')] : []),
];

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
    opens: (said) => isBareStop(said) || isStopReport(said),
    anywhere: isStop,
    brief: true,
  },
  function* (ask, start): Asking<End> {
    const what = whatOf(start.params);
    yield* ask.call<Json>('done', 'stopUnasked', { what }, null);
    return done('stopReminders', what, 'resumeReminders', start, stays(what, start));
  },
);

/** Where something is asked it is the wish to be asked once more. */
const isRemindAgain = (said: string): boolean => fold(said) === 'nhac lai';

export const resumeReminders = flow(
  'resumeReminders',
  {
    words: ['nhận lại lời nhắc', 'nhắc tôi', 'remind me again', 'resume reminders'],
    command: 'nhac',
    opens: (said) => isRemindAgain(said) || isResumeReport(said),
    brief: true,
  },
  function* (ask, start): Asking<End> {
    const what = whatOf(start.params);
    yield* ask.call<Json>('done', 'resumeUnasked', { what }, null);
    return done('resumeReminders', what, 'stopReminders', start, []);
  },
);
