import { type Asking, type End, end, flow } from '../src/dialogue/flow.ts';
import { line } from '../src/dialogue/say.ts';
import { ageOn } from '../src/domain/day.ts';
import type { Declared } from '../src/domain/declaration.ts';
import type { Json } from '../src/domain/json.ts';
import type { ShownDeclaration } from './mine.ts';
import { declared as closing, type DeclarationResult, USUAL_RESULT } from './parts/closing.ts';
import { askHealth } from './parts/health.ts';
import { askDeclaration } from './parts/own.ts';
import { askPerson, knownPerson } from './parts/person.ts';
import { askStay, askTrip } from './parts/trip.ts';

/** Corrects a declaration: every answer stands as it was, any can be edited; the old version is kept. */
export const correct = flow(
  'correct',
  { words: ['sửa tờ khai', 'đính chính', 'correct'], command: 'suatokhai' },
  function* (ask, start): Asking<End> {
    const { params, today } = start;
    const id = typeof params.id === 'string' ? params.id : yield* askDeclaration(ask, undefined);
    const found = yield* ask.call<Json>('shown', 'showDeclaration', { id }, null);
    if (found === null) return end(line('mine.gone'));
    const { declared: old, status } = found as unknown as ShownDeclaration;
    if (status === 'withdrawn') return end(line('mine.gone'));
    const own = old.person.phone !== undefined;
    const person = yield* askPerson(ask.in('who', 'person'), knownPerson(old.person), own);
    const trip = yield* askTrip(ask.in('trip'), { home: person.home, today, known: old.trip });
    const stay = yield* askStay(ask.in('trip'), trip.to, person.home, { to: old.trip.to, stay: old.stay });
    const health = yield* askHealth(ask.in('health'), ageOn(person.born, today), old.health);
    yield* ask.review();
    const declared: Declared = { person, trip, stay, health };
    const args = { id, declared } as unknown as Json;
    const result = yield* ask.call<Json>('submitted', 'correctDeclaration', args, USUAL_RESULT);
    return result === null ? end(line('mine.gone')) : closing(result as unknown as DeclarationResult, trip);
  },
);
