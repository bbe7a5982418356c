import type { Ask } from '../src/dialogue/ask.ts';
import { type Asking, type End, end, flow, type Start } from '../src/dialogue/flow.ts';
import type { Option } from '../src/dialogue/question/question.ts';
import { type Line, line } from '../src/dialogue/say.ts';
import type { Json } from '../src/domain/json.ts';
import { groupCode, looksLikeCode } from '../src/domain/lookupCode.ts';
import { type Decision, type PassageReason, reasonsFor, type Standing } from '../src/domain/passage.ts';
import { askDecision, askStation, type Station } from './parts/checkpoint.ts';
import { parseCode, saidCode } from './parts/own.ts';
import { go, notShown } from './parts/staff.ts';

type Seen =
  | { readonly is: 'stranger' | 'notAllowed' }
  | { readonly is: 'seen'; readonly standing: Standing; readonly lines: readonly Line[] };

const USUAL_SEEN: Json = { is: 'seen', standing: 'valid', lines: [] };

const reasonOption = (id: PassageReason): Option => ({ id, value: id, label: line(`passage.reason.${id}`) });

const NONE = 'none';
const noCode = { id: NONE, value: NONE, label: line('passage.code.none') };

/** What may be done next stands below what was done: the next code is just typed. */
const NEXT = [go('passage', 'passage.code.none', { code: NONE }), go('standAt', 'standAt.title')];

const below = (lines: readonly Line[]): Line | string =>
  lines.length === 0 ? '' : lines.reduce((first, second) => line('passage.lines', { first, second }));

/** The traveller's code, checked by its check character before anybody looks; null where there is none. */
function* askCode(ask: Ask, { code, said }: Start['params']): Asking<string | null> {
  if (code === NONE) return null;
  const typed = yield* ask.text('code', parseCode, {
    ...saidCode(typeof said === 'string' ? said : undefined, 'passage.code'),
    options: [noCode],
    usual: '00000000000',
    show: (value) => groupCode(String(value)),
  });
  return typed === NONE ? null : typed;
}

const noted = ({ name }: Station, decision: Decision): End => ({
  says: [
    {
      notes: [
        line('passage.done', { checkpoint: { named: name }, decision: line(`passage.decision.${decision}`) }),
        ...(decision === 'handedOver' ? [line('passage.handOver')] : []),
      ],
      choices: NEXT,
    },
  ],
});

const ended = (is: string, station: Station, decision: Decision): End => {
  if (is === 'recorded') return noted(station, decision);
  if (is === 'changed') return end(line('passage.changed'));
  if (is === 'moved')
    return { says: [{ notes: [line('passage.moved')], choices: [go('standAt', 'standAt.title')] }] };
  return notShown(is, 'staff.notForRole');
};

/** One traveller: the code, what may be seen of it, the decision, and its reason where there must be one. */
function* check(ask: Ask, { params }: Start): Asking<End> {
  const station = yield* askStation(ask);
  if (station === null) return end(line('passage.moved'));
  if ('says' in station) return station;
  const code = yield* askCode(ask, params);
  const seen = (yield* ask.call<Json>('seen', 'lookAtCode', { code }, USUAL_SEEN)) as unknown as Seen;
  if (seen.is !== 'seen') return notShown(seen.is, 'staff.notForRole');
  const values = { seen: below(seen.lines), checkpoint: { named: station.name } };
  const decision = yield* askDecision(ask, values);
  const reasons = reasonsFor(decision, seen.standing).map(reasonOption);
  const reason = reasons.length === 0 ? undefined : yield* ask.choice('why', reasons, { say: 'passage.why' });
  const args = { checkpoint: station.code, code, decision, ...(reason === undefined ? {} : { reason }) };
  const done = (yield* ask.call<Json>('done', 'recordPassage', args, { is: 'recorded' })) as { is: string };
  return ended(done.is, station, decision);
}

/** At a checkpoint, by its name in the menu: where, then the first traveller. */
export const passage = flow(
  'passage',
  {
    menu: [{ order: 23, label: line('passage.menu'), needs: 'checkpoints' }],
    words: ['qua chốt', 'kiểm tra mã', 'checkpoint', 'check a code'],
    command: 'quachot',
    needs: 'staff',
    brief: true,
  },
  check,
);

/** The next traveller's code, typed by itself in the chat of an officer who stands at a checkpoint. */
export const codeAtCheckpoint = flow(
  'codeAtCheckpoint',
  { opens: looksLikeCode, needs: 'checkpoint', brief: true },
  check,
);

/** An officer goes to another checkpoint, or home. */
export const standAt = flow(
  'standAt',
  { words: ['đổi chốt', 'rời chốt', 'change checkpoint'], command: 'doichot', needs: 'staff', brief: true },
  function* (ask): Asking<End> {
    const station = yield* askStation(ask, true);
    if (station === null) return end(line('standAt.left'));
    if ('says' in station) return station;
    const notes = [line('standAt.done', { checkpoint: { named: station.name } })];
    return { says: [{ notes, choices: [go('passage', 'passage.code.none', { code: NONE })] }] };
  },
);
