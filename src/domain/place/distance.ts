/** Edit distance, and a cheap sieve before it. */
import type { Spelling } from './spelling.ts';

/** Is letter i of the one the same as letter j of the other? */
type Same = (i: number, j: number) => boolean;

interface Pair {
  readonly a: string;
  readonly b: string;
  readonly same: Same;
}

/**
 * Letters to change, drop, add or swap with the neighbour (optimal string alignment); anything above `limit` is
 * reported as limit + 1.
 */
export function editDistance(a: string, b: string, limit: number): number {
  return distance({ a, b, same: (i, j) => a.charCodeAt(i) === b.charCodeAt(j) }, limit);
}

/** The same where a wrong mark is a wrong letter, and a mark left out is none. */
export function markedDistance(asked: Spelling, known: Spelling, limit: number): number {
  const agrees = (typed: string | undefined, right: string | undefined) => typed === '.' || typed === right;
  const same: Same = (i, j) =>
    asked.bare[i] === known.bare[j] &&
    agrees(asked.marks[i], known.marks[j]) &&
    agrees(asked.tones[i], known.tones[j]);
  return distance({ a: asked.bare, b: known.bare, same }, limit);
}

function distance(pair: Pair, limit: number): number {
  const { a, b } = pair;
  if (Math.abs(a.length - b.length) > limit) return limit + 1;
  let beforeLast = new Uint8Array(b.length + 1);
  let last = Uint8Array.from({ length: b.length + 1 }, (_, at) => at);
  let row = new Uint8Array(b.length + 1);
  for (let i = 1; i <= a.length; i += 1) {
    if (fillRow(row, last, beforeLast, pair, i) > limit) return limit + 1;
    [beforeLast, last, row] = [last, row, beforeLast];
  }
  return Math.min(last[b.length] ?? 0, limit + 1);
}

function fillRow(
  row: Uint8Array,
  last: Uint8Array,
  beforeLast: Uint8Array,
  { a, b, same }: Pair,
  i: number,
): number {
  row[0] = i;
  let least = i;
  for (let j = 1; j <= b.length; j += 1) {
    let best = Math.min(at(last, j) + 1, at(row, j - 1) + 1, at(last, j - 1) + (same(i - 1, j - 1) ? 0 : 1));
    const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
    if (swapped) best = Math.min(best, at(beforeLast, j - 2) + 1);
    row[j] = best;
    if (best < least) least = best;
  }
  return least;
}

function at(row: Uint8Array, index: number): number {
  return row[index] ?? 0;
}

/** One bit per letter that occurs, digits share six bits. */
export function letterSet(bare: string): number {
  let set = 0;
  for (let i = 0; i < bare.length; i += 1) {
    const code = bare.charCodeAt(i);
    set |= 1 << (code >= 97 ? code - 97 : 26 + ((code - 48) % 6));
  }
  return set;
}

/** Every edit changes at most two of the letters that occur: more than 2 × limit differences need no distance. */
export function differentLetters(a: number, b: number): number {
  let bits = a ^ b;
  bits -= (bits >>> 1) & 0x55555555;
  bits = (bits & 0x33333333) + ((bits >>> 2) & 0x33333333);
  return (((bits + (bits >>> 4)) & 0x0f0f0f0f) * 0x01010101) >>> 24;
}
