import { type Asking, type End, end, type Flow, flow } from '../src/dialogue/flow.ts';
import { line } from '../src/dialogue/say.ts';
import type { Json } from '../src/domain/json.ts';

interface Waiting {
  readonly id: string;
  readonly mine: boolean;
}

type Inbox = { readonly is: 'inbox'; readonly alerts: readonly Waiting[] } | { readonly is: 'stranger' };

const EMPTY: Json = { is: 'inbox', alerts: [] };

/**
 * "nhận", "gọi", "đóng": the buttons of an alert as words, for a phone that shows none. Taking means the gravest
 * one that is open; calling and closing mean first the one that is one's own.
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
    const found = alerts.find(({ mine }) => mine === own) ?? (own ? alerts[0] : undefined);
    if (found === undefined) return end(line('nextAlert.none'));
    return {
      says: [],
      next: {
        flow: next.flow,
        params: { id: found.id, ...(next.act === undefined ? {} : { do: next.act }) },
      },
    };
  });

export const claimNext = byWord(
  'claimNext',
  ['nhận', 'nhận cảnh báo', 'claim'],
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
