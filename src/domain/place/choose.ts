/** From what a text may mean to what is answered: one place, a question, or nothing. The rules of asking are here. */
import {
  ask,
  isArea,
  isDistrict,
  isFormer,
  isHome,
  ordered,
  type PlaceOf,
  toCandidates,
} from './candidates.ts';
import { COST, SURE } from './doubt.ts';
import { unitLabel } from './label.ts';
import { type Candidate, MOST_CANDIDATES, type Resolution, type ResolveOptions } from './place.ts';
import type { Finding, Hit } from './read.ts';

/** In a list of doubtful places one at home comes before one elsewhere with up to two letters fewer wrong. */
const HOME_BONUS = 2.5;
/** Places so much more doubtful than the first are not offered. */
const OFFERED_DOUBT = 2.5;

function leastCost(hits: readonly Hit[]): number {
  return hits.reduce((least, { cost }) => Math.min(least, cost), Number.POSITIVE_INFINITY);
}

/**
 * One name, several kinds: a province or country before a commune of that name that is not at home ("Yên Bái"), a
 * commune before the old district ("Sìn Hồ"), unless the other fits the marks better, or `at` wants the commune exactly.
 */
export function byKind(hits: readonly Hit[], options: ResolveOptions): readonly Hit[] {
  const area = hits.filter(isArea);
  const districts = hits.filter(isDistrict);
  const communes = hits.filter((hit) => !isArea(hit) && !isDistrict(hit));
  if (area.length > 0 && leastCost(area) <= leastCost(communes)) {
    return [...area, ...communes.filter((hit) => isHome(hit, options) || area.every(({ inside }) => inside))];
  }
  const takesDistricts = options.at === 'commune' || leastCost(communes) > leastCost(districts);
  return [...area, ...communes, ...(takesDistricts ? districts : [])];
}

function byAge(hits: readonly Hit[], { oldUnits }: ResolveOptions): readonly Hit[] {
  const former = new Set((oldUnits ? hits.filter(isFormer) : []).map(({ code }) => code));
  return former.size > 0 ? hits.filter(({ code }) => former.has(code)) : hits;
}

/** A list of doubtful places is long enough without the communes of an old district of the same name. */
export function inexactly({ within }: ResolveOptions): ResolveOptions {
  return within === undefined ? {} : { within };
}

/** Without a province in the text, the places of the asker's own province; others too where they fit the marks better. */
function byHome(hits: readonly Hit[], areaNamed: boolean, options: ResolveOptions): readonly Hit[] {
  const home = areaNamed ? [] : hits.filter((hit) => isHome(hit, options));
  const least = leastCost(home.length > 0 ? home : hits);
  const own = home.length > 0 ? home : hits;
  return [...own.filter(({ cost }) => cost === least), ...hits.filter(({ cost }) => cost < least)];
}

/** Doubtful places, each to be confirmed: the likely ones, then `behind`, what the text says if nothing is misspelt. */
export function offer(
  hits: readonly Hit[],
  behind: readonly Hit[],
  placeOf: PlaceOf,
  options: ResolveOptions,
): Resolution {
  const bonus = (hit: Hit) => (isHome(hit, options) ? HOME_BONUS : 0);
  const possible = ordered(
    hits.filter(({ cost }) => cost < COST.person),
    bonus,
  );
  const [first] = possible;
  if (!first) return { kind: 'none' };
  const worst = first.cost - bonus(first) + OFFERED_DOUBT;
  const likely = possible.filter((hit) => hit.cost - bonus(hit) <= worst);
  return ask('near', toCandidates([...likely, ...ordered(behind, bonus)], placeOf), first.detail);
}

/** Hits that are sure enough: one place, or a question between them and the `rivals`. */
export function chooseSure(
  finding: Finding,
  placeOf: PlaceOf,
  options: ResolveOptions,
  rivals: readonly Hit[] = [],
): Resolution {
  const sure = byAge(
    finding.hits.filter(({ cost }) => cost <= SURE),
    options,
  );
  const chosen = ordered(byHome(byKind(sure, options), finding.areaNamed, options), () => 0);
  const detail = rivals.length > 0 ? '' : (chosen[0]?.detail ?? '');
  const candidates = toCandidates([...chosen, ...rivals], placeOf);
  const [only] = candidates;
  if (only && candidates.length === 1) return one(only, detail, sure);
  return ask('several', withWiderArea(candidates, chosen, placeOf, options), detail);
}

function one({ place, old }: Candidate, detail: string, sure: readonly Hit[]): Resolution {
  const sameName = (hit: Hit) => isDistrict(hit) && !hit.typed && hit.code === place.code;
  const district = place.level === 'commune' ? sure.find(sameName) : undefined;
  return {
    kind: 'one',
    place,
    detail,
    ...(old ? { old } : {}),
    ...(district ? { district: unitLabel(district.unit) } : {}),
  };
}

/** Who names only an old district, and need not be exact, may also leave it at the province. */
function withWiderArea(
  candidates: readonly Candidate[],
  hits: readonly Hit[],
  placeOf: PlaceOf,
  { at }: ResolveOptions,
): readonly Candidate[] {
  const areas = new Set(hits.map(({ unit }) => unit.area));
  const [area] = areas;
  if (at === 'commune' || !area || areas.size > 1 || !hits.every(isDistrict)) return candidates;
  const wider: Candidate = { place: placeOf(area), why: 'area' };
  return [...candidates.slice(0, MOST_CANDIDATES - 1), wider, ...candidates.slice(MOST_CANDIDATES - 1)];
}
