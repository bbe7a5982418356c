import type { Ask } from '../src/dialogue/ask.ts';
import { type Asking, type End, end, flow } from '../src/dialogue/flow.ts';
import { optionsOf } from '../src/dialogue/question/choice.ts';
import { line } from '../src/dialogue/say.ts';
import type { Symptom } from '../src/domain/declaration.ts';
import type { Json } from '../src/domain/json.ts';
import { type DeclarationResult, USUAL_RESULT, updated } from './parts/closing.ts';
import { communes } from './parts/communes.ts';
import { symptomOptions } from './parts/health.ts';
import { askDeclaration } from './parts/own.ts';
import { signs } from './parts/signs.ts';
import { askVehicle, meansOptions } from './parts/vehicle.ts';

const CHANGES = ['place', 'vehicle', 'symptoms'] as const;

/** A movement is told up to two weeks late. */
const BACK = 14;

function* askVehicleChange(ask: Ask): Asking<Json> {
  const means = yield* ask.choice('means', meansOptions);
  const vehicle = yield* askVehicle(ask, means);
  return { means, ...(vehicle ?? {}) };
}

/** What changed since the declaration: where, by what, since when, how one feels; null when nothing did. */
function* askChanges(ask: Ask, known: Json | undefined): Asking<Json> {
  const changes = yield* ask.choices(
    'changes',
    optionsOf(
      'update.change',
      CHANGES.map((id) => ({ id })),
    ),
    { usual: ['place'], preset: CHANGES.some((one) => one === known) ? [String(known)] : undefined },
  );
  if (changes.length === 0) return null;
  const moved = changes.includes('place') ? yield* ask.place('place', { easier: communes }) : undefined;
  const vehicle = changes.includes('vehicle') ? yield* askVehicleChange(ask.in('trip')) : undefined;
  const day = yield* ask.date('day', { back: BACK, ahead: 0, quick: [0, -1] });
  const symptoms = changes.includes('symptoms')
    ? ((yield* ask.choices('symptoms', symptomOptions)) as readonly Symptom[])
    : undefined;
  return {
    day,
    ...(moved === undefined ? {} : { place: moved }),
    ...(vehicle === undefined ? {} : { vehicle }),
    ...(symptoms === undefined ? {} : { symptoms }),
  };
}

/** New places, vehicles and symptoms after a declaration: by its code, or simply "cập nhật". */
export const update = flow(
  'update',
  {
    menu: [{ order: 3, label: line('update.menu') }],
    words: [
      ...['cập nhật', 'cập nhật tờ khai', 'update'],
      // The reminder's buttons as words, for a phone that shows none.
      ...['đã đi nơi khác', 'có dấu hiệu bệnh', 'có triệu chứng', 'went elsewhere', 'somebody feels ill'],
    ],
    command: 'capnhat',
    // Whoever has declared adds what is new to it.
    heeds: signs,
  },
  function* (ask, start): Asking<End> {
    const named = typeof start.params.id === 'string' ? start.params.id : undefined;
    const said = typeof start.params.said === 'string' ? start.params.said : undefined;
    const id = named ?? (yield* askDeclaration(ask, said));
    const change = yield* askChanges(ask, start.params.change);
    if (change === null) return end(line('update.nothing'));
    yield* ask.review();
    const result = yield* ask.call<Json>('recorded', 'recordMovement', { id, change }, USUAL_RESULT);
    return result === null ? end(line('mine.gone')) : updated(result as unknown as DeclarationResult);
  },
);
