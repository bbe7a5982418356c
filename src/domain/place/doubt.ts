/** How doubtful it is that some words name a unit. */
import type { Named } from './similar.ts';
import { isPlain, marksFit, type Spelling } from './spelling.ts';
import { RANK, type Unit } from './units.ts';
import { isNumber } from './words.ts';

/**
 * Up to SURE a reading may be taken without asking; the sum of doubts orders the rest. marksLeftOut: "Bình Lu";
 * otherDistrictType: "huyện Sa Pa" of a thị xã; otherType: "xã Đông Phong" of a phường; partialName: "Mỹ Đình", "LC";
 * clash: "Mường Tẻ"; stuck: a name that other words touch; misspelt: plus the number of wrong letters; person: the
 * words that touch it begin with a surname, so it only counts when they turn out to be a misspelt name.
 */
export const COST = {
  marksLeftOut: 1,
  otherDistrictType: 1,
  otherType: 2,
  partialName: 2,
  clash: 4,
  stuck: 5,
  misspelt: 5,
  person: 50,
} as const;
export const SURE = 1;
export const IMPOSSIBLE = Number.POSITIVE_INFINITY;

/** Words of three letters differ by their marks alone: "quê" is not Quế. */
const SHORT_WORD = 3;
/** "lao" may be Lào, "duc" a person: countries of so few letters without their marks are asked about. */
const SHORT_COUNTRY = 4;
const COMMUNE_TYPES = ['xã', 'phường', 'thị trấn', 'đặc khu'];
const DISTRICT_TYPES = ['quận', 'huyện', 'thị xã', 'thành phố'];

function typeCost({ type, rank }: Unit, types: readonly string[]): number {
  const hasOne = (list: readonly string[]) => types.some((each) => list.includes(each));
  if (types.includes(type)) return 0;
  if (rank <= RANK.commune) return hasOne(COMMUNE_TYPES) ? COST.otherType : IMPOSSIBLE;
  if (rank === RANK.district) return hasOne(DISTRICT_TYPES) ? COST.otherDistrictType : IMPOSSIBLE;
  if (rank === RANK.country) return IMPOSSIBLE;
  if (types.includes('tỉnh')) return 0;
  return types.includes('thành phố') ? COST.otherType : IMPOSSIBLE;
}

function isVagueCountry({ unit, spelling }: Named, asked: Spelling): boolean {
  const short = asked.bare.length <= SHORT_COUNTRY;
  return unit.rank === RANK.country && short && isPlain(asked) && !isPlain(spelling);
}

function marksCost(named: Named, asked: Spelling, words: number): number {
  const marks = marksFit(asked, named.spelling);
  if (marks === 'clash') return words === 1 && asked.bare.length <= SHORT_WORD ? IMPOSSIBLE : COST.clash;
  if (marks === 'part') return COST.marksLeftOut;
  return isVagueCountry(named, asked) ? COST.partialName : 0;
}

/** The doubt in reading these words, with these types before or behind them, as that name. */
export function doubtIn(
  named: Named,
  asked: Spelling,
  words: number,
  types: readonly string[] | undefined,
): number {
  const partial = named.partial ? COST.partialName : 0;
  return marksCost(named, asked, words) + partial + (types ? typeCost(named.unit, types) : 0);
}

/** A number, or one or two letters ("Phường 1", "xã Ba"), is a commune or district only behind its type. */
export function needsType({ unit, spelling }: Named): boolean {
  return unit.rank <= RANK.district && (spelling.bare.length <= 2 || isNumber(spelling));
}
