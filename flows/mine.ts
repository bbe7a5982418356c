import type { Ask } from '../src/dialogue/ask.ts';
import { type Asking, type End, end, flow } from '../src/dialogue/flow.ts';
import { optionsOf } from '../src/dialogue/question/choice.ts';
import { type Choice, type Line, line, type Value } from '../src/dialogue/say.ts';
import type { Declared } from '../src/domain/declaration.ts';
import type { Json } from '../src/domain/json.ts';
import type { Lang } from '../src/domain/lang.ts';
import { groupCode, looksLikeCode } from '../src/domain/lookupCode.ts';
import type { Decision } from '../src/domain/passage.ts';
import { askDeclaration, type OwnDeclaration } from './parts/own.ts';

/** A declaration as its owner sees it. */
export interface ShownDeclaration {
  readonly id: string;
  readonly code: string;
  readonly status: OwnDeclaration['status'];
  readonly validUntil: number;
  readonly declared: Declared;
  /** Where it was shown on the road, the newest first; absent in a conversation from before that was told. */
  readonly passages?: readonly {
    /** ms since 1970. */
    readonly at: number;
    readonly checkpoint: Readonly<Record<Lang, string>>;
    readonly decision: Decision;
  }[];
}

const item = (label: string, value: Value): Line => line('engine.item', { label: line(label), value });

const button = (does: string, id: string): Choice => ({
  id: `/go:${does}:id=${id}`,
  label: line(`mine.do.${does}`),
});

const list = (keys: readonly string[]): Value =>
  keys.length === 0 ? line('word.no') : { list: keys.map((key) => line(key)) };

const maybe = <T>(value: T | undefined, show: (value: T) => Line): readonly Line[] =>
  value === undefined ? [] : [show(value)];

const where = (place: Declared['stay']): Value =>
  typeof place.detail === 'string' ? { list: [place.detail, { place: place.code }] } : { place: place.code };

const who = ({ name, born, id, phone, home }: Declared['person']): readonly Line[] => [
  item('person.name.label', name),
  item('person.born.label', { date: born }),
  ...maybe(id, ({ number }) => item('person.id.label', number)),
  ...maybe(phone, (number) => item('person.phone.label', number.replace(/^\+84/, '0'))),
  item('person.home.label', where(home)),
];

/** Whoever stayed at home has no way, no means and no day of travel to be told. */
const journey = (trip: Declared['trip']): readonly Line[] =>
  trip.means === 'none' ? [item('trip.route.label', line('means.none'))] : travelled(trip);

const travelled = ({ from, to, means, vehicle, seat, day }: Declared['trip']): readonly Line[] => [
  item('trip.route.label', line('route.fromTo', { from: where(from), to: where(to) })),
  item('trip.means.label', line(`means.${means}`)),
  ...maybe(vehicle, (plate) =>
    item(
      'trip.vehicle.seated.label',
      seat === undefined ? plate : line('vehicle.seat', { vehicle: plate, seat }),
    ),
  ),
  item('trip.day.label', { date: day }),
];

/** All that was declared: the consent promises that it can be seen. */
const details = ({ person, trip, stay, health }: Declared): readonly Line[] => [
  ...who(person),
  ...journey(trip),
  item('trip.stay.label', where(stay)),
  item('health.symptoms.label', list(health.symptoms.map((id) => `symptom.${id}`))),
  item('health.exposures.label', list(health.exposures.map((id) => `exposure.${id}.short`))),
  ...(health.places.length === 0 ? [] : [item('health.place.label', { list: health.places.map(where) })]),
];

const passed = (passages: ShownDeclaration['passages'] = []): readonly Line[] =>
  passages.map(({ at, checkpoint, decision }) =>
    item('mine.passage', {
      list: [{ time: at }, { named: checkpoint }, line(`passage.decision.${decision}`)],
    }),
  );

const shown = ({ id, code, status, validUntil, declared, passages }: ShownDeclaration): End => ({
  says: [
    {
      notes: [
        line(`mine.status.${status}`, { code: groupCode(code), time: { time: validUntil } }),
        ...details(declared),
        ...passed(passages),
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
