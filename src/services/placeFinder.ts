import type { PlaceFinder, PlaceFound } from '../dialogue/question/question.ts';
import type { Gazetteer } from '../domain/place/gazetteer.ts';
import type { Candidate, Place, Resolution } from '../domain/place/place.ts';

/** What people write is kept this long at most; the code is what counts. */
const SAID_LENGTH = 120;

/** One short word without marks is more often something else than a commune far away: "dung" is a town of Nghệ An. */
const HASTY = /^[a-z]{1,4}$/i;

const hasty =
  (home: string) =>
  (said: string, { level, path }: Place): boolean =>
    level === 'commune' && !path.startsWith(`${home}/`) && HASTY.test(said.trim());

/**
 * The gazetteer as the conversation sees it. Names are looked for in the home province first.
 * A single sure find is taken; several, misspelt or homonymous ones are asked about.
 */
export const placeFinder = (gazetteer: Gazetteer, home: string): PlaceFinder => {
  const isHasty = hasty(home);
  const found = (said: string, sure: boolean, detail: string, { place, old }: Candidate): PlaceFound => ({
    code: place.code,
    ...(place.code === home ? { coarse: true as const } : {}),
    said: said.slice(0, SAID_LENGTH),
    ...(detail === '' ? {} : { detail: detail.slice(0, SAID_LENGTH) }),
    ...(old === undefined ? {} : { former: old }),
    sure,
  });
  const listed = (said: string, resolution: Resolution): readonly PlaceFound[] => {
    if (resolution.kind === 'none') return [];
    const { detail } = resolution;
    if (resolution.kind !== 'one')
      return resolution.places.map((candidate) => found(said, false, detail, candidate));
    const { place, old } = resolution;
    return [
      found(said, !isHasty(said, place), detail, {
        place,
        why: 'name',
        ...(old === undefined ? {} : { old }),
      }),
    ];
  };
  const options = { within: home };
  return {
    find: (text, fine) =>
      listed(text, gazetteer.resolve(text, fine ? { ...options, at: 'commune' } : options)),
    route: (text) => {
      const route = gazetteer.route(text, options);
      return route === null ? null : { from: listed(text, route.from), to: listed(text, route.to) };
    },
    // What is stored is the commune that was confirmed; the position is not kept.
    nearest: (lat, lon) => gazetteer.nearest(lat, lon).map(({ code }) => ({ code, said: '', sure: false })),
    exists: (code) => gazetteer.get(code) !== undefined,
  };
};
