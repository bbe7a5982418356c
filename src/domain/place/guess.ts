/** Which words of a text may be a misspelt name, and of which. */

import { endBefore, skipLeading } from './details.ts';
import { SURE } from './doubt.ts';
import type { Segment } from './leftover.ts';
import type { Names } from './names.ts';
import type { ResolveOptions } from './place.ts';
import type { Finding } from './read.ts';
import type { Similar } from './similar.ts';
import { isPlain } from './spelling.ts';
import { spellingOf, type Token } from './tokens.ts';
import { RANK, type Unit } from './units.ts';
import { isEveryday, isWord, typeWord } from './words.ts';

export interface Search {
  readonly names: Names;
  readonly options: ResolveOptions;
}

/** The longest stretch of words without a comma that is compared with names as a whole. */
const LONGEST_NAME = 6;

/** Wrong letters allowed in a name of so many, where the area is known and the choice is a few hundred names. */
function limitInArea(letters: number): number {
  if (letters < 4) return 0;
  return letters < 6 ? 1 : 2;
}

/**
 * … among all names of the country: 7,300 of them, many of six or seven letters, so nearly every word is near one.
 * Marks tell more words apart: "không biết" is far from "Hồng Việt", "khong biet" is not.
 */
function limitInCountry(letters: number, marked: boolean): number {
  if (letters < 5) return 0;
  return letters < (marked ? 8 : 10) ? 1 : 2;
}

export interface Guess {
  readonly at: Segment;
  /** beside names that were understood, so it lies in the same province */
  readonly beside?: boolean;
  /** only as a province or country */
  readonly big?: boolean;
}

/** What is tried: the suspect words; unless all else is sure, the last part of the text, and its last two or three words. */
export function guesses(tokens: readonly Token[], { suspect, hits }: Finding): Guess[] {
  const found: Guess[] = suspect ? namesIn(tokens, suspect).map((at) => ({ at, beside: true })) : [];
  if (suspect && hits.some(({ cost }) => cost <= SURE)) return found;
  const end = tokens.length;
  let start = end - 1;
  while (start > 0 && tokens[start]?.gap !== 'hard') start -= 1;
  found.push(...namesIn(tokens, { from: start, to: end }).map((at) => ({ at })));
  if (suspect || start > 0) return found;
  const ends = [2, 3].filter((words) => end > words + 1);
  return [...found, ...ends.map((words) => ({ at: { from: end - words, to: end }, big: true }))];
}

/** The words without a type word in front; and without fillers, which may also be in a name ("Con Cuông", "Thân Thuộc"). */
function namesIn(tokens: readonly Token[], { from, to }: Segment): Segment[] {
  const starts = new Set([from, skipLeading(tokens, from, to)].map((start) => afterType(tokens, start, to)));
  const ends = [...new Set([to, endBefore('joining', tokens, from, to)])];
  const found = [...starts].flatMap((start) => ends.map((end) => ({ from: start, to: end })));
  return found.filter(({ from: start, to: end }) => {
    return start < end && end - start <= LONGEST_NAME && !tokens.slice(start, end).some(isEveryday);
  });
}

function afterType(tokens: readonly Token[], from: number, to: number): number {
  for (const words of [2, 1]) {
    if (from + words < to && typeWord(spellingOf(tokens, from, from + words), 'before')) return from + words;
  }
  return from;
}

/** Three words or more that begin with a surname are a person, not a misspelt commune in another province. */
function isPerson(tokens: readonly Token[], { from, to }: Segment): boolean {
  const first = tokens[from];
  return to - from >= 3 && first !== undefined && isWord(first, 'surname');
}

/** The names that the guessed words may be. */
export function namesNear(
  tokens: readonly Token[],
  guess: Guess,
  before: Finding,
  search: Search,
): Similar[] {
  const { from, to } = guess.at;
  const asked = spellingOf(tokens, from, to);
  const limit = limitInArea(asked.bare.length);
  const inAreas = (areas: readonly (string | undefined)[]) => {
    const known = areas.filter((area) => area !== undefined);
    return { asked, limit, marksLimit: limit + 1, areas: new Set(known) };
  };
  if (guess.beside) return search.names.similar(inAreas(before.hits.map(({ unit }) => unit.area)));
  const isBig = (unit: Unit) => unit.rank >= RANK.formerProvince;
  const accept = guess.big ? isBig : () => true;
  const atHome = search.names.similar({ ...inAreas([search.options.within]), accept });
  const known = new Set(atHome.map(({ bare }) => bare));
  const inCountry = limitInCountry(asked.bare.length, !isPlain(asked));
  const elsewhere = search.names.similar({
    asked,
    limit: inCountry,
    accept: isPerson(tokens, guess.at) ? isBig : accept,
  });
  return [...atHome, ...elsewhere.filter(({ bare }) => !known.has(bare))];
}
