/** What of the text is not part of the chain of names: house and village, mere filler, or something not understood. */
import type { Chain } from './chains.ts';
import {
  endBefore,
  endsInVillage,
  is,
  isHouseNumber,
  isVillage,
  skipLeading,
  startsDetail,
} from './details.ts';
import { COST } from './doubt.ts';
import { type Text, type Token, textOf } from './tokens.ts';
import { RANK } from './units.ts';
import { isNumber } from './words.ts';

export interface Segment {
  readonly from: number;
  readonly to: number;
}

export interface Leftover {
  /** house, street, village, landmark; '' when there is none */
  readonly detail: string;
  /** how doubtful the rest makes the chain: 0, COST.stuck or COST.person */
  readonly cost: number;
  /** Words beside the chain that look like a name but are none here: another commune, a misspelt one, or a village. */
  readonly suspect?: Segment;
}

/** Villages that commune names begin with: "Bản Lang", "Làng Mô". */
const ALSO_IN_NAMES = ['ban', 'lang'];

const NOTHING: Leftover = { detail: '', cost: 0 };

interface Left {
  /** the words left over, without fillers at both ends */
  readonly from: number;
  readonly to: number;
  /** their last part, from the last comma on, that stands right before the chain */
  readonly part: number;
}

/** Words before the chain, touching it without a comma. null: it is the name of a street, or the end of a longer one. */
function touching(text: Text, chain: Chain, { from, to, part }: Left): Leftover | null {
  const { tokens } = text;
  const first = chain.parts[0];
  const detail = textOf(text, from, to);
  if (first?.typed) return { detail, cost: 0 };
  if (chain.smallest.rank <= RANK.district && chain.to - chain.from < 2) return null;
  if (is('street', tokens[to - 1]) || isHouseNumber(tokens, to - 1)) return null;
  if (endsInVillage(tokens, to)) {
    return { detail: textOf(text, from, first?.to ?? to), cost: COST.stuck };
  }
  const start = skipLeading(tokens, part, to);
  if (startsDetail(tokens, start)) return { detail, cost: 0 };
  const cost = is('surname', tokens[start]) ? COST.person : COST.stuck;
  return { detail, cost, suspect: { from: part, to: chain.from } };
}

/** "bản Nà Cang, Lai Châu" may be a misspelt commune (Bản Lang, Bản Hon …) as long as none is known. */
function isDetail(tokens: readonly Token[], at: number, { smallest }: Chain): boolean {
  const mayBeName = smallest.rank > RANK.commune && ALSO_IN_NAMES.includes(tokens[at]?.bare ?? '');
  return startsDetail(tokens, at) && !mayBeName;
}

/** "xã Nậm Hàng" is surely the commune; what stands before it is smaller. */
function isTypedCommune({ smallest, order }: Chain): boolean {
  return order === 'up' && smallest.typed && smallest.rank <= RANK.commune;
}

function leftSide(text: Text, chain: Chain): Leftover | null {
  const { tokens } = text;
  const from = skipLeading(tokens, 0, chain.from);
  const to = endBefore('joining', tokens, from, chain.from);
  if (from >= to) return NOTHING;
  let part = to - 1;
  while (part > 0 && tokens[part]?.gap === 'none') part -= 1;
  if (tokens[to]?.gap === 'none') return touching(text, chain, { from, to, part });
  const innocent = isDetail(tokens, skipLeading(tokens, part, to), chain) || isTypedCommune(chain);
  return {
    detail: textOf(text, from, to),
    cost: 0,
    ...(innocent ? {} : { suspect: { from: part, to: chain.from } }),
  };
}

function rightSide(text: Text, chain: Chain): Leftover {
  const { tokens } = text;
  const from = chain.to;
  let end = endBefore('ending', tokens, from, tokens.length);
  if (end > from && /^\d{5,6}$/.test(tokens[end - 1]?.bare ?? '')) end -= 1;
  if (from >= end) return NOTHING;
  const detail = textOf(text, from, end);
  const apart = tokens[from]?.gap !== 'none';
  const isStreet = is('street', tokens[from]) && isNumber(tokens[from + 1]);
  const isSmaller = apart
    ? startsDetail(tokens, from) || chain.order === 'down'
    : isVillage(tokens, from) || isStreet;
  if (isSmaller) return { detail, cost: 0 };
  let to = from + 1;
  while (to < end && tokens[to]?.gap !== 'hard') to += 1;
  return { detail, cost: COST.stuck, suspect: { from, to } };
}

function regionName(text: Text, { smallest }: Chain): string {
  return smallest.rank === RANK.region ? textOf(text, smallest.from, smallest.to) : '';
}

/** null: the text does not mean this chain at all. */
export function leftoverOf(text: Text, chain: Chain): Leftover | null {
  const left = leftSide(text, chain);
  if (!left) return null;
  const right = rightSide(text, chain);
  const detail = [left.detail, regionName(text, chain), right.detail]
    .filter((each) => each !== '')
    .join(', ');
  const suspect = right.suspect ?? left.suspect;
  return { detail, cost: Math.max(left.cost, right.cost), ...(suspect ? { suspect } : {}) };
}
