import { type Asking, type Closing, type End, end, flow } from '../src/dialogue/flow.ts';
import { optionsOf } from '../src/dialogue/question/choice.ts';
import { line } from '../src/dialogue/say.ts';
import type { Json } from '../src/domain/json.ts';
import { isInvitation, parseInvitation } from '../src/domain/rosterCode.ts';
import { hasDigit } from './parts/code.ts';
import { go, openAlerts } from './parts/staff.ts';

type Linked =
  | { readonly is: 'tooMany'; readonly minutes: number }
  | { readonly is: 'wrong'; readonly left: number }
  | {
      readonly is: 'linked';
      readonly name: string;
      readonly role: string;
      readonly place: string;
      readonly onDuty: boolean;
      readonly open: number;
    };

const AT_DESK = [go('inbox', 'inbox.menu'), go('duty', 'duty.menu')];

/** A checkpoint officer stands on no duty and has no alerts. */
const work = ({ role, onDuty, open }: Extract<Linked, { is: 'linked' }>): Closing =>
  role === 'officer'
    ? { notes: [line('link.checkpoint')], choices: [go('passage', 'passage.menu')] }
    : { notes: [line(onDuty ? 'link.onDuty' : 'link.offDuty'), ...openAlerts(open)], choices: AT_DESK };

const welcome = (linked: Extract<Linked, { is: 'linked' }>): End => {
  const { name, role, place } = linked;
  const { notes, ...rest } = work(linked);
  const done = line('link.done', { name, role: line(`role.${role}`), place: { place } });
  return { says: [{ notes: [done, ...notes], ...rest }] };
};

/** A staff member types the one-time code; from then on this chat is theirs. */
export const link = flow(
  'link',
  { command: 'lienket', words: ['liên kết', 'link'], opens: isInvitation, anywhere: hasDigit, brief: true },
  function* (ask, { params }): Asking<End> {
    const said = typeof params.said === 'string' ? parseInvitation(params.said) : undefined;
    const code = said?.ok ? said.value : yield* ask.text('code', parseInvitation, { inline: false });
    const result = (yield* ask.call<Json>('linked', 'linkStaff', { code }, null)) as unknown as Linked | null;
    if (result?.is === 'linked') return welcome(result);
    if (result?.is === 'tooMany') return end(line('link.tooMany', { minutes: result.minutes }));
    const left = result?.left ?? 0;
    // A code that opened the conversation cannot be asked again: whoever typed it types the next one.
    return said?.ok
      ? end(line('link.wrong', { left }))
      : yield* ask.reject('code', { key: 'link.wrong', values: { left } });
  },
);

/** Takes this chat off its staff member. */
export const unlink = flow(
  'unlink',
  { command: 'huylienket', words: ['hủy liên kết', 'unlink'], needs: 'staff', brief: true },
  function* (ask): Asking<End> {
    const sure = yield* ask.choice('sure', optionsOf('unlink.sure', [{ id: 'yes' }, { id: 'no' }]));
    if (sure !== 'yes') return end(line('unlink.kept'));
    yield* ask.call<Json>('unlinked', 'unlinkStaff', {}, null);
    return end(line('unlink.done'));
  },
);
