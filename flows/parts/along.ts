import type { Ask } from '../../src/dialogue/ask.ts';
import type { Asking, Start } from '../../src/dialogue/flow.ts';
import { optionsOf } from '../../src/dialogue/question/choice.ts';
import { type PlaceValue, showPlace } from '../../src/dialogue/question/place.ts';
import { type Line, line } from '../../src/dialogue/say.ts';
import { ageOn } from '../../src/domain/day.ts';
import type { Declared, Trip, Whom } from '../../src/domain/declaration.ts';
import type { Json } from '../../src/domain/json.ts';
import { parsePlate } from '../../src/domain/vehicle.ts';
import { askHealth } from './health.ts';
import { askWho } from './person.ts';
import { askStay, askTrip } from './trip.ts';

/** The newest declaration of this chat while its journey is under way, whoever it was for. */
export interface Companion {
  readonly trip: Trip;
  readonly stay: PlaceValue;
  readonly home: PlaceValue;
  readonly consent: string;
}

/** What whoever declares here has at hand today. */
export interface AtHand {
  readonly last: Companion | null;
  /** Of the vehicle whose QR was scanned here, as it is written. */
  readonly plate: string | null;
}

/** Nobody's journey, nobody's vehicle. */
const NOTHING = { last: null, plate: null } as const;

const howOf = ({ means, vehicle }: Trip): Line =>
  vehicle === undefined
    ? line(`means.${means}`)
    : line('declare.along.how', { means: line(`means.${means}`), vehicle });

/** What was said to it: the same journey and stay, another stay, another journey, or no consent. */
export type Along = 'yes' | 'stay' | 'other' | 'refused';

/** A bare "không" might be no consent or no such journey: it is asked again. */
const optionsFor = (whom: Whom) =>
  optionsOf('declare.along', [
    { id: 'yes', words: ['cung chuyen'] },
    { id: 'stay', words: ['o noi khac', 'noi khac', 'o cho khac'] },
    { id: 'other', words: ['khac chuyen'] },
    ...(whom === 'other' ? [{ id: 'refused', words: ['khong dong y'] }] : []),
  ]);

const isAlong = (id: string): id is Along => ['yes', 'stay', 'other', 'refused'].includes(id);

/**
 * On the same journey as whoever was declared before? It is confirmed, not assumed: a wrong stay would send the alert
 * to another commune. For somebody else it is also where their consent is asked for, one by one.
 */
export function* askAlong(ask: Ask, { whom, last }: Sitting): Asking<Along> {
  if (last === null || last.trip.means === 'none') return 'other';
  const { trip, stay } = last;
  const values = {
    how: howOf(trip),
    from: { place: trip.from.code },
    to: { place: trip.to.code },
    date: { date: trip.day },
    stay: showPlace(stay),
  };
  const say = whom === 'me' ? 'declare.along.me' : 'declare.along';
  const answer = yield* ask.choice('along', optionsFor(whom), { hidden: true, say, values });
  return isAlong(answer) ? answer : 'other';
}

/** Who declares, and what was at hand when they began. */
export interface Sitting extends AtHand {
  readonly whom: Whom;
  readonly today: string;
}

/** One more on the same journey: who they are, their seat and their health; the rest stands as it was declared. */
export function* askCompanion(ask: Ask, last: Companion, sitting: Sitting, along: Along): Asking<Declared> {
  const { whom, today, plate } = sitting;
  const journey = ask.in('along', 'trip');
  const person = yield* askWho(ask.in('who', 'person'), whom, {}, last.home);
  const trip = yield* askTrip(journey, { home: person.home, today, plate, known: last.trip, along: true });
  const known = along === 'stay' ? undefined : { to: last.trip.to, stay: last.stay };
  const stay = yield* askStay(journey, trip.to, person.home, known);
  const health = yield* askHealth(ask.in('health'), ageOn(person.born, today));
  return { person, trip, stay, health };
}

/** What this chat has at hand today; whoever scans another vehicle's QR is on another journey. */
export function* askAtHand(ask: Ask, { params }: Start): Asking<AtHand> {
  const scanned = parsePlate(String(params.plate ?? ''));
  const found = yield* ask.call<Json>('atHand', 'tripAtHand', { plate: scanned }, NOTHING);
  const { last, plate } = found as unknown as AtHand;
  const other = scanned !== null && scanned !== last?.trip.vehicle;
  return { plate, last: other ? null : last };
}
