import type { Ask } from '../src/dialogue/ask.ts';
import { type Asking, type End, end, flow } from '../src/dialogue/flow.ts';
import { optionsOf } from '../src/dialogue/question/choice.ts';
import { type Choice, type Line, line, type Value } from '../src/dialogue/say.ts';
import type { Declared } from '../src/domain/declaration.ts';
import type { Json } from '../src/domain/json.ts';
import { groupCode, looksLikeCode } from '../src/domain/lookupCode.ts';
import { askDeclaration, type OwnDeclaration } from './parts/own.ts';

/** A declaration as its owner sees it. */
export interface ShownDeclaration {
  readonly id: string;
  readonly code: string;
  readonly status: OwnDeclaration['status'];
  readonly validUntil: number;
  readonly declared: Declared;
}

const item = (label: string, value: Value): Line => line('engine.item', { label: line(label), value });

const button = (does: string, id: string): Choice => ({
  id: `/go:${does}:id=${id}`,
  label: line(`mine.do.${does}`),
});

const list = (prefix: string, ids: readonly string[]): Value =>
  ids.length === 0 ? line('word.no') : { list: ids.map((id) => line(`${prefix}.${id}`)) };

const details = ({ person, trip, stay, health }: Declared): readonly Line[] => [
  item('person.name.label', person.name),
  item('person.born.label', { date: person.born }),
  item(
    'trip.route.label',
    line('route.fromTo', { from: { place: trip.from.code }, to: { place: trip.to.code } }),
  ),
  item('trip.means.label', line(`means.${trip.means}`)),
  item('trip.day.label', { date: trip.day }),
  item('trip.stay.label', { place: stay.code }),
  item('health.symptoms.label', list('symptom', health.symptoms)),
  item('health.exposures.label', list('exposure', health.exposures)),
];

const shown = ({ id, code, status, validUntil, declared }: ShownDeclaration): End => ({
  says: [
    {
      notes: [
        line(`mine.status.${status}`, { code: groupCode(code), time: { time: validUntil } }),
        ...details(declared),
      ],
      ...(status === 'valid' ? { image: { kind: 'qr', code } as const } : {}),
      ...(status === 'withdrawn'
        ? {}
        : { choices: [button('update', id), button('correct', id), button('withdraw', id)] }),
    },
  ],
});

const idOf = function* (ask: Ask, params: { readonly [name: string]: Json }): Asking<string> {
  const said = typeof params.said === 'string' ? params.said : undefined;
  return typeof params.id === 'string' ? params.id : yield* askDeclaration(ask, said);
};

/** One's own declarations; a typed code opens this too. */
export const mine = flow(
  'mine',
  {
    menu: [{ order: 4, label: line('mine.menu') }],
    words: ['tờ khai của tôi', 'tra cứu', 'xem tờ khai', 'my declarations', 'look up'],
    command: 'tracuu',
    opens: looksLikeCode,
    brief: true,
  },
  function* (ask, start): Asking<End> {
    const id = yield* idOf(ask, start.params);
    const found = yield* ask.call<Json>('shown', 'showDeclaration', { id }, null);
    return found === null ? end(line('mine.gone')) : shown(found as unknown as ShownDeclaration);
  },
);

/** Takes a declaration back; it stays on record as withdrawn until its time is over. */
export const withdraw = flow(
  'withdraw',
  { words: ['thu hồi', 'rút tờ khai', 'withdraw'], command: 'thuhoi', brief: true },
  function* (ask, start): Asking<End> {
    const id = yield* idOf(ask, start.params);
    const sure = yield* ask.choice('sure', optionsOf('withdraw.sure', [{ id: 'yes' }, { id: 'no' }]));
    if (sure !== 'yes') return end(line('withdraw.kept'));
    const done = yield* ask.call<boolean>('done', 'withdrawDeclaration', { id }, true);
    return end(line(done ? 'withdraw.done' : 'mine.gone'));
  },
);
