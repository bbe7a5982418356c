import type { Ask } from '../src/dialogue/ask.ts';
import { type Asking, type End, end, flow } from '../src/dialogue/flow.ts';
import { optionsOf } from '../src/dialogue/question/choice.ts';
import { line } from '../src/dialogue/say.ts';
import { ageOn } from '../src/domain/day.ts';
import type { Declared, Whom } from '../src/domain/declaration.ts';
import type { Json } from '../src/domain/json.ts';
import { aboutOf } from './parts/about.ts';
import { askAgain, type Before } from './parts/again.ts';
import { askAlong, askAtHand, askCompanion, type Sitting } from './parts/along.ts';
import { declared as closing, type DeclarationResult, USUAL_RESULT } from './parts/closing.ts';
import { askConsent, CONSENT } from './parts/consent.ts';
import { askHealth, askHealthAgain } from './parts/health.ts';
import { askWho, type Known } from './parts/person.ts';
import { signs } from './parts/signs.ts';
import { askStay, askTrip } from './parts/trip.ts';

const WHOM = optionsOf('declare.whom', [
  { id: 'me', short: true, words: ['toi', 'minh', 'cho minh', 'ban than', 'em', 'chau', 'me', 'myself'] },
  {
    id: 'other',
    short: true,
    words: ['nguoi khac', 'cho nguoi khac', 'nguoi di cung', 'nguoi nha', 'somebody else'],
  },
]);

/** For whom: the menu may have said it already. */
function* askWhom(ask: Ask, preset: Json | undefined): Asking<Whom> {
  const whom = yield* ask.choice('whom', WHOM, {
    preset,
  });
  return whom === 'other' ? 'other' : 'me';
}

/** Somebody who declares again: the last journey, with what is changed of it, and one question for their health. */
function* askSame(ask: Ask, last: Before, { whom, today, plate }: Sitting): Asking<Declared> {
  const journey = ask.in('same', 'trip');
  const person = yield* askWho(ask.in('who', 'person'), whom, last.person);
  const known = { ...last.trip, day: today };
  const trip = yield* askTrip(journey, { home: person.home, today, known, plate });
  const stay = yield* askStay(journey, trip.to, person.home, { to: last.trip.to, stay: last.stay });
  const health = yield* askHealthAgain(ask.in('health'), ageOn(person.born, today), trip);
  return { person, trip, stay, health };
}

function* askNew(ask: Ask, known: Known, { whom, today, plate, last }: Sitting): Asking<Declared> {
  const person = yield* askWho(ask.in('who', 'person'), whom, known, last?.home);
  const trip = yield* askTrip(ask.in('trip'), { home: person.home, today, plate });
  const stay = yield* askStay(ask.in('trip'), trip.to, person.home);
  const health = yield* askHealth(ask.in('health'), ageOn(person.born, today));
  return { person, trip, stay, health };
}

/** All that is declared; null without the consent of the person it is about. */
function* askAll(ask: Ask, before: Before | null, sitting: Sitting): Asking<Declared | null> {
  const { last } = sitting;
  if (before !== null) {
    const same = yield* askAgain(ask, before);
    return same ? yield* askSame(ask, before, sitting) : yield* askNew(ask, before.person, sitting);
  }
  const along = yield* askAlong(ask, sitting);
  if (along === 'refused') return null;
  return last === null || along === 'other'
    ? yield* askNew(ask, {}, sitting)
    : yield* askCompanion(ask, last, sitting, along);
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
        words: [
          'khai hộ',
          'khai giúp',
          'khai báo hộ',
          'thêm một người',
          'thêm người',
          'one more',
          'declare for somebody',
        ],
      },
    ],
    words: [
      'khai báo',
      'khai báo y tế',
      'tờ khai mới',
      'khai tờ mới',
      'declare',
      'declare again',
      'declaration',
    ],
    command: 'khaibao',
    heeds: signs,
    about: aboutOf,
  },
  function* (ask, start): Asking<End> {
    const before = (yield* ask.call<Json>('before', 'lastDeclaration', {}, null)) as unknown as Before | null;
    const hand = yield* askAtHand(ask, start);
    // For one more passenger consent is asked for with the journey: the text was read with the one before.
    const read = start.params.whom === 'other' && hand.last?.consent === CONSENT;
    if (before?.consent !== CONSENT && !read && !(yield* askConsent(ask)))
      return end(line('declare.declined'));
    const whom = yield* askWhom(ask, start.params.whom);
    const sitting = { ...hand, whom, today: start.today };
    const declared = yield* askAll(ask, whom === 'me' ? before : null, sitting);
    if (declared === null) return end(line('declare.declined'));
    yield* ask.review();
    const args = { whom, declared, consent: CONSENT } as unknown as Json;
    const result = yield* ask.call<Json>('submitted', 'submitDeclaration', args, USUAL_RESULT);
    return closing(result as unknown as DeclarationResult, declared.trip);
  },
);
