/** Places as they are offered to a person: once each, likeliest first, with the reason. */
import { SURE } from './doubt.ts';
import { unitLabel } from './label.ts';
import {
  type Candidate,
  MOST_CANDIDATES,
  type Place,
  type Resolution,
  type ResolveOptions,
  type Why,
} from './place.ts';
import type { Hit } from './read.ts';
import { RANK } from './units.ts';

export type PlaceOf = (code: string) => Place;

export function isDistrict({ unit }: Hit): boolean {
  return unit.rank === RANK.district;
}

export function isFormer({ unit }: Hit): boolean {
  return unit.rank === RANK.formerCommune || unit.rank === RANK.formerProvince;
}

export function isArea({ unit }: Hit): boolean {
  const { rank, type } = unit;
  return rank === RANK.country || rank === RANK.province || rank === RANK.formerProvince || type === 'first';
}

export function isHome({ unit }: Hit, { within }: ResolveOptions): boolean {
  return unit.area === within;
}

/** Likeliest first: by doubt, then today's name before an old one before an old district's communes. */
export function ordered(hits: readonly Hit[], bonus: (hit: Hit) => number): Hit[] {
  const kind = (hit: Hit) => (isDistrict(hit) ? 2 : isFormer(hit) ? 1 : 0);
  return [...hits].sort((a, b) => a.cost - bonus(a) - (b.cost - bonus(b)) || kind(a) - kind(b));
}

/** The old unit, where it is what the place was: not a commune's for a province that the answer was lifted to. */
function oldOf(hit: Hit, { level }: Place): { old?: string } {
  const told =
    hit.unit.rank === RANK.formerProvince || (level === 'commune' && (isFormer(hit) || isDistrict(hit)));
  return told ? { old: unitLabel(hit.unit) } : {};
}

function whyOf(hit: Hit): Why {
  if (hit.cost > SURE) return 'similar';
  if (isDistrict(hit)) return 'district';
  return isFormer(hit) ? 'former' : 'name';
}

/** One candidate for each place, in the order of the hits. */
export function toCandidates(hits: readonly Hit[], placeOf: PlaceOf): Candidate[] {
  const candidates = new Map<string, Candidate>();
  for (const hit of hits) {
    if (candidates.has(hit.code)) continue;
    const place = placeOf(hit.code);
    candidates.set(hit.code, { place, why: whyOf(hit), ...oldOf(hit, place) });
  }
  return [...candidates.values()];
}

export function ask(kind: 'several' | 'near', all: readonly Candidate[], detail: string): Resolution {
  const places = all.slice(0, MOST_CANDIDATES);
  return { kind, places, detail, more: all.length - places.length };
}
