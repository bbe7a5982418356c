import type { Ask } from '../../src/dialogue/ask.ts';
import type { Asking } from '../../src/dialogue/flow.ts';
import { optionsOf } from '../../src/dialogue/question/choice.ts';
import type { PlaceValue } from '../../src/dialogue/question/place.ts';
import type { Exposure, Health, Symptom, Trip } from '../../src/domain/declaration.ts';

export const symptomOptions = optionsOf('symptom', [
  { id: 'fever', words: ['nong', 'nong sot', 'sot cao', 'sot nhe', 'sot ret', 'phat sot'] },
  { id: 'cough', words: ['ho khan', 'ho co dom', 'ho nhieu', 'ho nhe'] },
  { id: 'breath', words: ['kho tho', 'tho gap', 'hut hoi'] },
  { id: 'soreThroat', words: ['hong', 'rat hong', 'viem hong'] },
  { id: 'fatigue', words: ['met', 'nguoi met', 'dau nguoi', 'moi nguoi'] },
  { id: 'diarrhoea', words: ['di ngoai', 'tao thao', 'diarrhea'] },
  { id: 'vomiting', words: ['non', 'buon non', 'bi oi', 'non oi', 'oi mua', 'vomiting', 'nausea'] },
  { id: 'rash', words: ['phat ban', 'noi man', 'noi ban'] },
  { id: 'bleeding', words: ['chay mau', 'xuat huyet da'] },
]);

/** The gate to the places of 14 days: not an exposure by itself. */
const ELSEWHERE = 'elsewhere';

const exposureOptions = (...ids: readonly string[]) =>
  optionsOf(
    'exposure',
    ids.map((id) => ({ id, short: true })),
  );

// Made once: a flow is run from its top with every message.
const CHILDS = exposureOptions('patient', 'sickPerson', 'abroad', 'animals', ELSEWHERE);
const GROWN_UPS = exposureOptions('patient', 'sickPerson', 'abroad', 'animals', 'workPatients', ELSEWHERE);

/** Places of the last 14 days, one after the other; more are told to whoever calls. */
const MAX_PLACES = 5;

function* askPlaces(ask: Ask, known: readonly PlaceValue[]): Asking<readonly PlaceValue[]> {
  const places: PlaceValue[] = [yield* ask.place('place1', { say: 'health.place', preset: known[0] })];
  while (places.length < Math.max(MAX_PLACES, known.length)) {
    const preset = known[places.length] ?? (known.length > 0 ? null : undefined);
    const key = `place${places.length + 1}`;
    const next = yield* ask.place(key, { say: 'health.place.more', optional: true, preset });
    if (next === undefined) break;
    places.push(next);
  }
  return places;
}

/** Below this age nobody works with patients (Labour Code 2019, Art. 143–145: from 13 only light work). */
const WORKING_AGE = 14;

/** Symptoms, contacts and other places of the last 14 days. */
export function* askHealth(ask: Ask, age: number, known?: Health): Asking<Health> {
  const symptoms = (yield* ask.choices('symptoms', symptomOptions, {
    preset: known?.symptoms,
  })) as readonly Symptom[];
  const preset = known && [...known.exposures, ...(known.places.length > 0 ? [ELSEWHERE] : [])];
  // A child's list is shorter: who turns out to be grown up is asked the longer one.
  const child = age < WORKING_AGE;
  const key = child ? 'exposures.child' : 'exposures';
  const picked = yield* ask.choices(key, child ? CHILDS : GROWN_UPS, { say: 'health.exposures', preset });
  const places = picked.includes(ELSEWHERE) ? yield* askPlaces(ask, known?.places ?? []) : [];
  return { symptoms, exposures: picked.filter((id) => id !== ELSEWHERE) as Exposure[], places };
}

const WELL = optionsOf('health.well', [{ id: 'no' }, { id: 'yes', short: true }]);

/** Nothing to report: one tap for somebody who declares again, of themselves. Without a journey none is spoken of. */
export function* askHealthAgain(ask: Ask, age: number, { means }: Trip): Asking<Health> {
  const well = yield* ask.choice('well', WELL, means === 'none' ? { say: 'health.well.home' } : {});
  return well === 'no' ? { symptoms: [], exposures: [], places: [] } : yield* askHealth(ask, age);
}
