import type { Ask } from '../src/dialogue/ask.ts';
import { type Asking, type End, end, flow } from '../src/dialogue/flow.ts';
import { type Line, line } from '../src/dialogue/say.ts';
import type { Json } from '../src/domain/json.ts';
import { type Colleagues, onDuty } from './parts/colleagues.ts';
import { go, notShown, openAlerts, postName, stranger } from './parts/staff.ts';

type State =
  | { readonly is: 'stranger' }
  | {
      readonly is: 'known';
      readonly place: string;
      readonly facility?: string;
      /** Whether the role stands on duty at all. */
      readonly may: boolean;
      /** ms since 1970; null: off duty. */
      readonly since: number | null;
      readonly open: number;
    };

/** Shows whether somebody is on duty, and changes it with one tap. */
export const duty = flow(
  'duty',
  {
    menu: [{ order: 21, label: line('duty.menu'), needs: 'staff' }],
    words: ['ca trực', 'duty'],
    command: 'ca',
    needs: 'staff',
    brief: true,
  },
  function* (ask): Asking<End> {
    const state = (yield* ask.call<Json>('state', 'staffState', {}, null)) as unknown as State | null;
    if (state?.is !== 'known') return stranger();
    const { may, since, open } = state;
    if (!may) return end(line('staff.notForRole'));
    const values = { place: postName(state) };
    const now =
      since === null ? line('duty.off', values) : line('duty.on', { ...values, time: { time: since } });
    const change = since === null ? go('dutyOn', 'duty.go.on') : go('dutyOff', 'duty.go.off');
    const found = (yield* ask.call<Json>('who', 'colleagues', {}, null)) as unknown as Colleagues | null;
    const notes = [now, ...(found === null ? [] : onDuty(found)), ...openAlerts(open)];
    const relief = since === null ? go('takeOver', 'takeOver.title') : go('handOver', 'handOver.title');
    return { says: [{ notes, choices: [change, relief, go('inbox', 'inbox.menu')] }] };
  },
);

type Changed =
  | { readonly is: 'stranger' | 'notAllowed' }
  | {
      readonly is: 'on' | 'off';
      readonly place: string;
      readonly facility?: string;
      readonly open: number;
      readonly mine: number;
    };

const said = ({ is, open, mine, ...post }: Extract<Changed, { place: string }>): readonly Line[] =>
  is === 'on'
    ? [line('dutyOn.done', { place: postName(post) }), ...openAlerts(open)]
    : [line('dutyOff.done'), ...(mine === 0 ? [] : [line('dutyOff.mine', { mine })])];

const change = (on: boolean) =>
  function* (ask: Ask): Asking<End> {
    const result = (yield* ask.call<Json>('changed', 'setDuty', { on }, null)) as unknown as Changed | null;
    if (result?.is !== 'on' && result?.is !== 'off')
      return notShown(result?.is ?? 'stranger', 'staff.notForRole');
    return { says: [{ notes: said(result), choices: [go('inbox', 'inbox.menu')] }] };
  };

export const dutyOn = flow(
  'dutyOn',
  { words: ['vào ca', 'nhận ca', 'on duty'], command: 'vaoca', needs: 'staff', brief: true },
  change(true),
);

export const dutyOff = flow(
  'dutyOff',
  { words: ['ra ca', 'hết ca', 'off duty'], command: 'raca', needs: 'staff', brief: true },
  change(false),
);
