import type { Ask } from '../src/dialogue/ask.ts';
import { type Asking, type End, end, flow, type Start } from '../src/dialogue/flow.ts';
import { optionsOf } from '../src/dialogue/question/choice.ts';
import { line } from '../src/dialogue/say.ts';
import { ageOn } from '../src/domain/day.ts';
import { type Declared, RETENTION_DAYS, type Trip, type Whom } from '../src/domain/declaration.ts';
import type { Json } from '../src/domain/json.ts';
import { parsePlate } from '../src/domain/vehicle.ts';
import { declared as closing, type DeclarationResult, USUAL_RESULT } from './parts/closing.ts';
import { askHealth, askHealthAgain } from './parts/health.ts';
import { askCard, askPerson, type Known } from './parts/person.ts';
import { askStay, askTrip } from './parts/trip.ts';

/** Changes when the consent text does; an older consent is asked for again. */
const CONSENT = '2026-11';

/** What the last declaration of this chat's own person said; null for a newcomer. */
export interface Before {
  readonly person: Known & { readonly name: string };
  readonly trip: Trip;
  readonly stay: Trip['to'];
  readonly consent: string;
}

/** Purpose, who sees it, until when; there is no default yes (Law 91/2025/QH15; peers.md 5.10). */
function* askConsent(ask: Ask): Asking<boolean> {
  const options = optionsOf('declare.consent', [{ id: 'yes' }, { id: 'no' }]);
  return (
    (yield* ask.choice('consent', options, {
      hidden: true,
      help: true,
      values: { days: RETENTION_DAYS },
    })) === 'yes'
  );
}

/** For whom: the menu may have said it already. */
function* askWhom(ask: Ask, preset: Json | undefined): Asking<Whom> {
  const whom = yield* ask.choice('whom', optionsOf('declare.whom', [{ id: 'me' }, { id: 'other' }]), {
    preset,
  });
  return whom === 'other' ? 'other' : 'me';
}

/** Somebody who has declared before confirms what is known: one tap when nothing changed. */
function* askAgain(ask: Ask, { person, trip }: Before): Asking<boolean> {
  const values = {
    name: person.name,
    from: { place: trip.from.code },
    to: { place: trip.to.code },
    means: line(`means.${trip.means}`),
  };
  const options = optionsOf('declare.again', [{ id: 'same' }, { id: 'trip' }]);
  return (yield* ask.choice('again', options, { hidden: true, values })) === 'same';
}

function* askWho(ask: Ask, whom: Whom, known: Known): Asking<Declared['person']> {
  const card = known.name === undefined ? yield* askCard(ask) : null;
  return yield* askPerson(ask, card ?? known, whom === 'me');
}

/** Somebody who declares again: the last journey, with what is changed of it, and one question for their health. */
function* askSame(ask: Ask, whom: Whom, last: Before, today: string): Asking<Declared> {
  const journey = ask.in('same', 'trip');
  const person = yield* askWho(ask.in('who', 'person'), whom, last.person);
  const trip = yield* askTrip(journey, { home: person.home, today, known: { ...last.trip, day: today } });
  const stay = yield* askStay(journey, trip.to, person.home, { to: last.trip.to, stay: last.stay });
  const health = yield* askHealthAgain(ask.in('health'), ageOn(person.born, today));
  return { person, trip, stay, health };
}

function* askAll(ask: Ask, whom: Whom, before: Before | null, { today, params }: Start): Asking<Declared> {
  if (before !== null && (yield* askAgain(ask, before))) return yield* askSame(ask, whom, before, today);
  const person = yield* askWho(ask.in('who', 'person'), whom, before?.person ?? {});
  const plate = parsePlate(String(params.plate ?? ''));
  const trip = yield* askTrip(ask.in('trip'), { home: person.home, today, plate });
  const stay = yield* askStay(ask.in('trip'), trip.to, person.home);
  const health = yield* askHealth(ask.in('health'), ageOn(person.born, today));
  return { person, trip, stay, health };
}

/** The declaration of one person: consent, who, the journey, the stay, health, a look over it, the code. */
export const declare = flow(
  'declare',
  {
    menu: [
      { order: 1, label: line('declare.menu.me'), params: { whom: 'me' } },
      {
        order: 2,
        label: line('declare.menu.other'),
        params: { whom: 'other' },
        words: ['khai hộ', 'khai giúp', 'khai báo hộ', 'declare for somebody'],
      },
    ],
    words: ['khai báo', 'khai báo y tế', 'tờ khai mới', 'declare', 'declaration'],
    command: 'khaibao',
  },
  function* (ask, start): Asking<End> {
    const before = yield* ask.call<Json>('before', 'lastDeclaration', {}, null);
    const known = before as unknown as Before | null;
    if (known?.consent !== CONSENT && !(yield* askConsent(ask))) return end(line('declare.declined'));
    const whom = yield* askWhom(ask, start.params.whom);
    const declared = yield* askAll(ask, whom, whom === 'me' ? known : null, start);
    yield* ask.review();
    const args = { whom, declared, consent: CONSENT } as unknown as Json;
    const result = yield* ask.call<Json>('submitted', 'submitDeclaration', args, USUAL_RESULT);
    return closing(result as unknown as DeclarationResult);
  },
);
