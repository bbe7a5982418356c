import { type Asking, type End, end, flow } from '../src/dialogue/flow.ts';
import { optionsOf } from '../src/dialogue/question/choice.ts';
import { line } from '../src/dialogue/say.ts';
import type { Json } from '../src/domain/json.ts';
import { parseNote } from '../src/domain/person.ts';
import { go, notShown } from './parts/staff.ts';

const KINDS = optionsOf(
  'feedback.kind',
  ['declare', 'checkpoint', 'health', 'other'].map((id) => ({ id })),
);

/** What a citizen finds hard ("phản ánh khó khăn"), or the wish for a person in the middle of something else. */
export const feedback = flow(
  'feedback',
  {
    menu: [{ order: 8, label: line('feedback.menu') }],
    words: ['phản ánh khó khăn', 'phản ánh', 'góp ý', 'feedback'],
    command: 'phananh',
  },
  function* (ask, { params }): Asking<End> {
    const help = params.about === 'help';
    const kind = help ? 'help' : yield* ask.choice('kind', KINDS);
    const note = yield* ask.text('note', parseNote, {
      say: help ? 'feedback.need' : 'feedback.note',
      inline: false,
    });
    const phone = yield* ask.contact('phone', { optional: true });
    const args = { kind, note, ...(phone === undefined ? {} : { phone }) };
    const result = (yield* ask.call<Json>('given', 'giveFeedback', args, { is: 'given' })) as {
      readonly is: string;
    };
    return end(line(result.is === 'given' ? 'feedback.thanks' : 'feedback.tooMany'));
  },
);

type Read =
  | { readonly is: 'stranger' | 'gone' }
  | {
      readonly is: 'feedback';
      readonly kind: string;
      /** ms since 1970. */
      readonly at: number;
      readonly answered: boolean;
      readonly note: string;
      readonly phone: string;
    };

const USUAL = { is: 'feedback', kind: 'other', at: 0, answered: false, note: '', phone: '' };

const afterwards = (key: string): End => ({
  says: [{ notes: [line(key)], choices: [go('inbox', 'alert.do.inbox')] }],
});

/** A staff member reads feedback and answers it in their own words. */
export const answer = flow('answer', { needs: 'staff' }, function* (ask, { params }): Asking<End> {
  const id = String(params.id ?? '');
  const read = (yield* ask.call<Json>('read', 'showFeedback', { id }, USUAL)) as unknown as Read;
  if (read.is !== 'feedback') return notShown(read.is, 'answer.gone');
  if (read.answered) return afterwards('answer.already');
  const { kind, at, note, phone } = read;
  const text = yield* ask.text('text', parseNote, {
    say: phone === '' ? 'answer.text' : 'answer.textPhone',
    values: {
      kind: line(`feedback.kind.${kind}`),
      time: { time: at },
      note,
      phone: phone.replace(/^\+84/, '0'),
    },
    inline: false,
  });
  const sent = (yield* ask.call<Json>('sent', 'answerFeedback', { id, text }, { is: 'sent' })) as {
    readonly is: string;
  };
  if (sent.is === 'sent') return afterwards('answer.sent');
  return sent.is === 'answered' ? afterwards('answer.already') : notShown(sent.is, 'answer.gone');
});

interface Waiting {
  readonly is: string;
  readonly feedback?: readonly { readonly id: string }[];
}

/** The button of the news as words, for a phone that shows none: opens the feedback that has waited longest. */
export const answerNext = flow(
  'answerNext',
  { words: ['đọc phản ánh', 'read feedback'], needs: 'staff', brief: true },
  function* (ask): Asking<End> {
    const inbox = (yield* ask.call<Json>('inbox', 'inbox', {}, { is: 'inbox' })) as unknown as Waiting;
    if (inbox.is !== 'inbox') return notShown(inbox.is, 'answerNext.none');
    const id = inbox.feedback?.[0]?.id;
    if (id === undefined) return end(line('answerNext.none'));
    return { says: [], next: { flow: 'answer', params: { id } } };
  },
);
