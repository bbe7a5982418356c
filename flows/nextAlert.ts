import type { Ask } from '../src/dialogue/ask.ts';
import { type Asking, type End, end, type Flow, flow } from '../src/dialogue/flow.ts';
import { line } from '../src/dialogue/say.ts';
import type { Json } from '../src/domain/json.ts';
import { fold } from '../src/domain/text.ts';
import { type AlertItem, alertOption } from './inbox.ts';

type Inbox = { readonly is: 'inbox'; readonly alerts: readonly AlertItem[] } | { readonly is: 'stranger' };

const EMPTY: Json = { is: 'inbox', alerts: [] };

/** Which alerts of the list a word may mean, the gravest first. */
type Meant = (alerts: readonly AlertItem[]) => readonly AlertItem[];

const open: Meant = (alerts) => alerts.filter(({ mine, stalled }) => !mine && stalled !== true);
const own: Meant = (alerts) => alerts.filter(({ mine }) => mine);
const ownFirst: Meant = (alerts) => (own(alerts).length > 0 ? own(alerts) : open(alerts));
const all: Meant = (alerts) => alerts;
const standing: Meant = (alerts) => alerts.filter(({ stalled }) => stalled === true);
/** Whichever is taken is well taken. */
const gravestOpen: Meant = (alerts) => open(alerts).slice(0, 1);

/** Of several the right one is asked for: a call or a result must not be written down with somebody else. */
function* oneOf(ask: Ask, alerts: readonly AlertItem[]): Asking<string | undefined> {
  if (alerts.length <= 1) return alerts[0]?.id;
  const options = alerts.map((one) => {
    const words = typeof one.who === 'string' ? { words: [fold(one.who)] } : {};
    return { ...alertOption(one), ...words };
  });
  const picked = yield* ask.choice('which', options, { say: 'nextAlert.which' });
  return picked.slice(1);
}

/** Which list of alerts a word is about, and what is said when nothing of it is meant. */
const WAITING = { list: 'inbox', none: 'nextAlert.none' } as const;
/** Others may well be waiting: that none is one's own, or slow, says no more than that. */
const OWN = { list: 'inbox', none: 'nextAlert.noneOwn' } as const;
const SLOW = { list: 'inbox', none: 'nextAlert.noneSlow' } as const;
const CLOSED = { list: 'recentlyClosed', none: 'nextAlert.noneClosed' } as const;

type Of = typeof WAITING | typeof OWN | typeof SLOW | typeof CLOSED;

/** The buttons of an alert as words, for a phone that shows none. */
const byWord = (
  name: string,
  words: readonly string[],
  next: { readonly flow: string; readonly act?: string },
  meant: Meant,
  { list, none }: Of = WAITING,
): Flow =>
  flow(name, { needs: 'staff', brief: true, words }, function* (ask): Asking<End> {
    const inbox = (yield* ask.call<Json>('inbox', list, {}, EMPTY)) as unknown as Inbox;
    const id = yield* oneOf(ask, meant(inbox.is === 'inbox' ? inbox.alerts : []));
    if (id === undefined) return end(line(none));
    const act = next.act === undefined ? {} : { do: next.act };
    return { says: [], next: { flow: next.flow, params: { id, ...act } } };
  });

const acts = (act: string) => ({ flow: 'alert', act });

export const claimNext = byWord(
  'claimNext',
  ['nhận', 'nhận cảnh báo', 'take it', 'claim'],
  acts('claim'),
  gravestOpen,
);
export const callNext = byWord('callNext', ['gọi', 'gọi điện', 'call'], acts('call'), ownFirst);
export const closeNext = byWord(
  'closeNext',
  ['đóng', 'đóng cảnh báo', 'close'],
  { flow: 'closeAlert' },
  ownFirst,
);
export const reportNext = byWord(
  'reportNext',
  ['đã báo cáo', 'đã báo cáo cấp trên', 'reported'],
  acts('report'),
  own,
  OWN,
);
export const giveBackNext = byWord(
  'giveBackNext',
  ['trả lại', 'trả lại cảnh báo', 'give back'],
  acts('release'),
  own,
  OWN,
);
export const stepInNext = byWord(
  'stepInNext',
  ['nhận thay', 'nhận thay cảnh báo', 'step in'],
  acts('stepIn'),
  standing,
  SLOW,
);
export const sendOutNext = byWord(
  'sendOutNext',
  ['gửi lại', 'gửi lại cảnh báo', 'send out again'],
  acts('release'),
  standing,
  SLOW,
);
export const reopenNext = byWord(
  'reopenNext',
  ['mở lại', 'mở lại cảnh báo', 'reopen'],
  acts('reopen'),
  all,
  CLOSED,
);
