import { type Asking, type End, end, flow } from '../src/dialogue/flow.ts';
import type { Option } from '../src/dialogue/question/question.ts';
import { line, type Value } from '../src/dialogue/say.ts';
import type { Json } from '../src/domain/json.ts';
import { stranger } from './parts/staff.ts';

export interface AlertItem {
  readonly id: string;
  readonly level: string;
  readonly mine: boolean;
  /** Theirs, and they have called about it. */
  readonly called?: boolean;
  /** Somebody else's, and it stands still. */
  readonly stalled?: boolean;
  /** Closed a short while ago; `at` says when. */
  readonly closed?: boolean;
  readonly who: Value;
  readonly place: string;
  /** ms since 1970. */
  readonly at: number;
}

interface FeedbackItem {
  readonly id: string;
  readonly kind: string;
  readonly at: number;
}

type Inbox =
  | { readonly is: 'stranger' }
  | {
      readonly is: 'inbox';
      readonly alerts: readonly AlertItem[];
      readonly feedback: readonly FeedbackItem[];
      readonly more: number;
    };

const keyOf = ({ mine, called, stalled, closed }: AlertItem): string => {
  if (closed === true) return 'inbox.closed';
  if (mine) return called === true ? 'inbox.called' : 'inbox.mine';
  return stalled === true ? 'inbox.stalled' : 'inbox.open';
};

/** One alert of several to choose from. */
export const alertOption = (item: AlertItem): Option => ({
  id: `a${item.id}`,
  value: `a${item.id}`,
  label: line(keyOf(item), {
    level: line(`level.${item.level}`),
    who: item.who,
    place: { place: item.place },
    time: { time: item.at },
  }),
});

const feedbackOption = ({ id, kind, at }: FeedbackItem): Option => ({
  id: `f${id}`,
  value: `f${id}`,
  label: line('inbox.feedback', { kind: line(`feedback.kind.${kind}`), time: { time: at } }),
});

/** What waits for a staff member: alerts that are open or theirs, and feedback. */
export const inbox = flow(
  'inbox',
  {
    menu: [{ order: 20, label: line('inbox.menu'), needs: 'staff' }],
    words: ['cảnh báo', 'danh sách cảnh báo', 'danh sách', 'alerts', 'inbox', 'list'],
    command: 'canhbao',
    needs: 'staff',
    brief: true,
  },
  function* (ask): Asking<End> {
    const list = (yield* ask.call<Json>('list', 'inbox', {}, null)) as unknown as Inbox | null;
    if (list?.is !== 'inbox') return stranger();
    const options = [...list.alerts.map(alertOption), ...list.feedback.map(feedbackOption)];
    if (options.length === 0) return end(line('inbox.empty'));
    const picked = yield* ask.choice('item', options);
    const id = picked.slice(1);
    const next = picked.startsWith('a')
      ? { flow: 'alert', params: { do: 'show', id } }
      : { flow: 'answer', params: { id } };
    return { says: list.more > 0 ? [{ notes: [line('inbox.more', { more: list.more })] }] : [], next };
  },
);
