import { type Asking, type End, end, type Flow, flow } from '../src/dialogue/flow.ts';
import { line } from '../src/dialogue/say.ts';
import type { Json } from '../src/domain/json.ts';

interface Waiting {
  readonly id: string;
  readonly mine: boolean;
  /** Somebody else's, and it stands still. */
  readonly stalled?: boolean;
}

type Inbox = { readonly is: 'inbox'; readonly alerts: readonly Waiting[] } | { readonly is: 'stranger' };

const EMPTY: Json = { is: 'inbox', alerts: [] };

/** Which alert of the list a word means, the gravest first. */
type Pick = (alerts: readonly Waiting[]) => Waiting | undefined;

const open: Pick = (alerts) => alerts.find(({ mine, stalled }) => !mine && stalled !== true);
const own: Pick = (alerts) => alerts.find(({ mine }) => mine);
const ownFirst: Pick = (alerts) => own(alerts) ?? open(alerts);
const standing: Pick = (alerts) => alerts.find(({ stalled }) => stalled === true);

/** The buttons of an alert as words, for a phone that shows none. */
const byWord = (
  name: string,
  words: readonly string[],
  next: { readonly flow: string; readonly act?: string },
  pick: Pick,
): Flow =>
  flow(name, { needs: 'staff', brief: true, words }, function* (ask): Asking<End> {
    const inbox = (yield* ask.call<Json>('inbox', 'inbox', {}, EMPTY)) as unknown as Inbox;
    const found = pick(inbox.is === 'inbox' ? inbox.alerts : []);
    if (found === undefined) return end(line('nextAlert.none'));
    const act = next.act === undefined ? {} : { do: next.act };
    return { says: [], next: { flow: next.flow, params: { id: found.id, ...act } } };
  });

const acts = (act: string) => ({ flow: 'alert', act });

export const claimNext = byWord('claimNext', ['nhận', 'nhận cảnh báo', 'claim'], acts('claim'), open);
export const callNext = byWord('callNext', ['gọi', 'gọi điện', 'call'], acts('call'), ownFirst);
export const closeNext = byWord(
  'closeNext',
  ['đóng', 'đóng cảnh báo', 'close'],
  { flow: 'closeAlert' },
  ownFirst,
);
export const giveBackNext = byWord(
  'giveBackNext',
  ['trả lại', 'trả lại cảnh báo', 'give back'],
  acts('release'),
  own,
);
export const stepInNext = byWord(
  'stepInNext',
  ['nhận thay', 'nhận thay cảnh báo', 'step in'],
  acts('stepIn'),
  standing,
);
export const sendOutNext = byWord(
  'sendOutNext',
  ['gửi lại', 'gửi lại cảnh báo', 'send out again'],
  acts('release'),
  standing,
);
