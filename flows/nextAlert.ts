import type { Ask } from '../src/dialogue/ask.ts';
import { type Asking, type End, end, type Flow, flow } from '../src/dialogue/flow.ts';
import { line } from '../src/dialogue/say.ts';
import type { Json } from '../src/domain/json.ts';
import { fold } from '../src/domain/text.ts';
import { type AlertItem, alertOption } from './inbox.ts';

type Inbox = { readonly is: 'inbox'; readonly alerts: readonly AlertItem[] } | { readonly is: 'stranger' };

const EMPTY: Json = { is: 'inbox', alerts: [] };

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

/**
 * "nhận", "gọi", "đóng": the buttons of an alert as words, for a phone that shows none. Taking means the gravest
 * one that is open; calling and closing mean those that are one's own, or else those that are open.
 */
const byWord = (
  name: string,
  words: readonly string[],
  next: { readonly flow: string; readonly act?: string },
  own: boolean,
): Flow =>
  flow(name, { needs: 'staff', brief: true, words }, function* (ask): Asking<End> {
    const inbox = (yield* ask.call<Json>('inbox', 'inbox', {}, EMPTY)) as unknown as Inbox;
    const alerts = inbox.is === 'inbox' ? inbox.alerts : [];
    const [mine, open] = [alerts.filter((one) => one.mine), alerts.filter((one) => !one.mine)];
    const id = own ? yield* oneOf(ask, mine.length > 0 ? mine : open) : open[0]?.id;
    if (id === undefined) return end(line('nextAlert.none'));
    const act = next.act === undefined ? {} : { do: next.act };
    return { says: [], next: { flow: next.flow, params: { id, ...act } } };
  });

export const claimNext = byWord(
  'claimNext',
  ['nhận', 'nhận cảnh báo', 'take it', 'claim'],
  { flow: 'alert', act: 'claim' },
  false,
);
export const callNext = byWord('callNext', ['gọi', 'gọi điện', 'call'], { flow: 'alert', act: 'call' }, true);
export const closeNext = byWord(
  'closeNext',
  ['đóng', 'đóng cảnh báo', 'close'],
  { flow: 'closeAlert' },
  true,
);
