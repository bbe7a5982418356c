import { foldMarked } from './text.ts';

/** Where somebody stands on duty: for an area, or for a facility in it. */
export interface Post {
  readonly area: string;
  readonly facility?: string;
}

/** A facility: a name, and the area it lies in. There are those that stand with the staff, and no others. */
export interface Facility extends Post {
  readonly facility: string;
}

/** What of a shift or of a staff member's record says where they stand. */
export const postOf = ({ area, facility }: Post): Post => ({ area, ...(facility && { facility }) });

/** People write a name as they like; its marks tell places apart. */
export const sameFacility = (one: string, other: string): boolean => foldMarked(one) === foldMarked(other);

/** The facilities that are known, each once. */
export const facilitiesOf = (staff: readonly Post[]): readonly Facility[] => {
  const all = staff.flatMap(({ area, facility }) => (facility ? [{ area, facility }] : []));
  return all.filter(
    (one, at) =>
      all.findIndex((other) => other.area === one.area && sameFacility(other.facility, one.facility)) === at,
  );
};

export type FoundFacility =
  | { readonly is: 'one'; readonly facility: Facility }
  /** Several of that name, or none in the area that was given: where it is. */
  | { readonly is: 'where'; readonly all: readonly Facility[] }
  | { readonly is: 'unknown' };

/** The facility of a name: in the area that was given; else the only one, or the one in their own area. */
export const findFacility = (
  known: readonly Facility[],
  name: string,
  { given, own }: { readonly given: string | undefined; readonly own: string },
): FoundFacility => {
  const all = known.filter(({ facility }) => sameFacility(facility, name));
  const at = (area: string) => all.find((one) => one.area === area);
  const facility = given === undefined ? (all.length === 1 ? all[0] : at(own)) : at(given);
  if (facility !== undefined) return { is: 'one', facility };
  return all.length === 0 ? { is: 'unknown' } : { is: 'where', all };
};
