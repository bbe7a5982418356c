import type { Declared, Means, Symptom } from '../../domain/declaration.ts';
import type { PlaceAnswer } from '../../domain/placeAnswer.ts';

/** What an update says; a part that is missing did not change. */
export interface Change {
  /** 'YYYY-MM-DD'. */
  readonly day: string;
  readonly place?: PlaceAnswer;
  readonly vehicle?: { readonly means: Means; readonly vehicle?: string; readonly seat?: string };
  readonly symptoms?: readonly Symptom[];
}

const moved = (declared: Declared, place: PlaceAnswer): Declared => ({
  ...declared,
  stay: place,
  // Where the person stayed until now becomes one of the places they have been to.
  health: { ...declared.health, places: [...declared.health.places, declared.stay] },
});

const rode = (
  { vehicle: _v, seat: _s, ...trip }: Declared['trip'],
  vehicle: NonNullable<Change['vehicle']>,
) => ({ ...trip, ...vehicle });

/** A declaration as it stands after an update: pure. New symptoms are added; those declared before stay. */
export const withChange = (declared: Declared, { place, vehicle, symptoms }: Change): Declared => {
  const there = place === undefined ? declared : moved(declared, place);
  const trip = vehicle === undefined ? there.trip : rode(there.trip, vehicle);
  const all = [...new Set([...there.health.symptoms, ...(symptoms ?? [])])];
  return { ...there, trip, health: { ...there.health, symptoms: all } };
};
