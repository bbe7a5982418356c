import { type Asking, type End, flow } from '../src/dialogue/flow.ts';
import { optionsOf } from '../src/dialogue/question/choice.ts';
import { type Choice, type Line, line } from '../src/dialogue/say.ts';
import { OUTCOMES } from '../src/domain/alert.ts';
import type { Json } from '../src/domain/json.ts';
import { parseNote } from '../src/domain/person.ts';
import { go, notShown } from './parts/staff.ts';

type Acted =
  | { readonly is: 'stranger' | 'gone' | 'released' }
  | { readonly is: 'shown'; readonly lines: readonly Line[]; readonly choices: readonly Choice[] };

const ACTS: readonly Json[] = ['claim', 'call', 'stepIn', 'release', 'report', 'reopen'];

/** One alert: the buttons under the message come here. Nothing is asked; the database decides who has it. */
export const alert = flow('alert', { needs: 'staff', brief: true }, function* (ask, { params }): Asking<End> {
  const act = ACTS.includes(params.do ?? '') ? String(params.do) : 'show';
  const args = { id: String(params.id ?? ''), do: act };
  const result = (yield* ask.call<Json>('acted', 'alertAct', args, null)) as unknown as Acted | null;
  if (result?.is === 'released')
    return { says: [{ notes: [line('closeAlert.released')], choices: [go('inbox', 'alert.do.inbox')] }] };
  if (result?.is !== 'shown') return notShown(result?.is ?? 'stranger', 'alert.gone');
  return { says: [{ notes: result.lines, choices: [...result.choices, go('inbox', 'alert.do.inbox')] }] };
});

type May =
  | { readonly is: 'stranger' | 'gone' | 'closed' }
  | { readonly is: 'yes'; readonly who: Line }
  | { readonly is: 'refused'; readonly line: Line };

type Closed =
  | { readonly is: 'stranger' | 'gone' | 'closed' | 'unwatched' | 'released' }
  | { readonly is: 'refused'; readonly line: Line };

const ended = (id: string, result: Closed): End => {
  if (result.is === 'refused') {
    // The buttons of the alert were used up by this one: what the sentence asks for stands right below it.
    const claim =
      result.line.key === 'alert.refused.claimFirst'
        ? [go('alert', 'alert.do.claim', { do: 'claim', id })]
        : [];
    return { says: [{ notes: [result.line], choices: [...claim, go('alert', 'alert.title', { id })] }] };
  }
  if (result.is === 'stranger' || result.is === 'gone') return notShown(result.is, 'alert.gone');
  const list = go('inbox', 'alert.do.inbox');
  if (result.is === 'released') return { says: [{ notes: [line('closeAlert.released')], choices: [list] }] };
  const todo = result.is === 'unwatched' ? [line('closeAlert.unwatched')] : [];
  // The wrong one is mostly noticed at once.
  const choices = [list, go('alert', 'alert.do.reopen', { do: 'reopen', id })];
  return { says: [{ notes: [line('closeAlert.done'), ...todo], choices }] };
};

/** What came of an alert, and a note. */
export const closeAlert = flow('closeAlert', { needs: 'staff' }, function* (ask, { params }): Asking<End> {
  const id = String(params.id ?? '');
  const usual = { is: 'yes', who: line('alert.title') } as unknown as Json;
  const may = (yield* ask.call<Json>('may', 'mayCloseAlert', { id }, usual)) as unknown as May;
  if (may.is !== 'yes') return ended(id, may);
  const options = optionsOf(
    'outcome',
    OUTCOMES.map((outcome) => ({ id: outcome })),
  );
  const outcome = yield* ask.choice('outcome', options, { values: { who: may.who } });
  const note = yield* ask.text('note', parseNote, { inline: false });
  const args = { id, outcome, note };
  return ended(
    id,
    (yield* ask.call<Json>('closed', 'closeAlert', args, { is: 'closed' })) as unknown as Closed,
  );
});
