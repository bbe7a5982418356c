/** Finds the names in a text: which words can be which units, and how surely. */
import { doubtIn, IMPOSSIBLE, needsType } from './doubt.ts';
import type { Names } from './names.ts';
import { marksFit, spell } from './spelling.ts';
import { spellingOf, type Token } from './tokens.ts';
import { RANK, type Rank, type Unit } from './units.ts';
import { isNumber, type TypeWord, typeWord } from './words.ts';

export interface Reading {
  readonly unit: Unit;
  readonly cost: number;
}

export interface Part {
  readonly from: number;
  readonly to: number;
  readonly rank: Rank;
  readonly typed: boolean;
  readonly readings: readonly Reading[];
}

/** No name has more words ("Văn Miếu - Quốc Tử Giám" has five). */
const MOST_WORDS = 6;
const OLD = spell('cũ');
const NEW = spell('mới');

/** Letters between commas are a name without a type too: "thôn 1, Ba, Đông Giang, Quảng Nam". */
function standsAlone(tokens: readonly Token[], from: number, to: number): boolean {
  return (
    (from === 0 || tokens[from]?.gap === 'hard') && tokens[to]?.gap === 'hard' && !isNumber(tokens[from])
  );
}

/** Words nameFrom..to read as a name, with the type word that begins at `from` or stands behind. */
interface Spot {
  readonly from: number;
  readonly nameFrom: number;
  readonly to: number;
  readonly type: TypeWord | undefined;
}

function partsAt(tokens: readonly Token[], names: Names, { from, nameFrom, to, type }: Spot): Part[] {
  const asked = spellingOf(tokens, nameFrom, to);
  const byRank = new Map<Rank, Reading[]>();
  for (const named of names.find(asked.bare)) {
    if (!type && needsType(named) && !standsAlone(tokens, from, to)) continue;
    const cost = doubtIn(named, asked, to - nameFrom, type?.types);
    if (cost === IMPOSSIBLE) continue;
    const { unit } = named;
    const readings = byRank.get(unit.rank) ?? [];
    byRank.set(unit.rank, readings);
    readings.push({ unit, cost });
  }
  return [...byRank].map(([rank, readings]) => ({ from, to, rank, typed: type !== undefined, readings }));
}

/** "xã Mường Than (cũ)" is the old one only, "mới" the new one only. */
function withEra(tokens: readonly Token[], part: Part): Part | undefined {
  const next = tokens[part.to];
  if (!next) return undefined;
  const old = next.bare === OLD.bare && marksFit(next, OLD) !== 'clash';
  const current = next.bare === NEW.bare && marksFit(next, NEW) !== 'clash';
  const isCurrent = part.rank === RANK.commune || part.rank === RANK.province;
  return (old && !isCurrent) || (current && isCurrent)
    ? { ...part, to: part.to + 1, typed: true }
    : undefined;
}

function typesBefore(tokens: readonly Token[], at: number): TypeWord[] {
  const found: TypeWord[] = [];
  for (const words of [2, 1]) {
    const crosses = words === 2 && tokens[at + 1]?.gap === 'hard';
    const type = crosses ? undefined : typeWord(spellingOf(tokens, at, at + words), 'before');
    if (type) found.push({ types: type.types, words });
  }
  return found;
}

function typeAfter(tokens: readonly Token[], at: number): TypeWord | undefined {
  const next = tokens[at];
  if (!next || next.gap === 'hard') return undefined;
  return typeWord(spellingOf(tokens, at, at + 2), 'after') ?? typeWord(next, 'after');
}

function partsFrom(
  tokens: readonly Token[],
  names: Names,
  from: number,
  before: TypeWord | undefined,
): Part[] {
  const nameFrom = from + (before?.words ?? 0);
  const found: Part[] = [];
  if (before && tokens[nameFrom]?.gap === 'hard') return found;
  for (let to = nameFrom + 1; to <= Math.min(tokens.length, nameFrom + MOST_WORDS); to += 1) {
    if (tokens[to - 1]?.gap === 'hard' && to - 1 > nameFrom) break;
    found.push(...partsAt(tokens, names, { from, nameFrom, to, type: before }));
    const after = before ? undefined : typeAfter(tokens, to);
    if (after) {
      const typed = partsAt(tokens, names, { from, nameFrom, to, type: after });
      found.push(...typed.map((part) => ({ ...part, to: to + after.words })));
    }
  }
  return found;
}

export function findParts(tokens: readonly Token[], names: Names): Part[] {
  const found: Part[] = [];
  for (let from = 0; from < tokens.length; from += 1) {
    found.push(...partsFrom(tokens, names, from, undefined));
    if (isNumber(tokens[from])) continue;
    for (const type of typesBefore(tokens, from)) found.push(...partsFrom(tokens, names, from, type));
  }
  return found.flatMap((part) => withEra(tokens, part) ?? []).concat(found);
}
