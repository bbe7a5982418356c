/** Reads a text as it stands (nothing misspelt is put right here): the chains that explain most of it. */
import { type Chain, findChains } from './chains.ts';
import { COST, SURE } from './doubt.ts';
import { type Leftover, leftoverOf, type Segment } from './leftover.ts';
import type { Names } from './names.ts';
import { findParts } from './parts.ts';
import type { Text, Token } from './tokens.ts';
import { codesMeant, RANK, type Unit } from './units.ts';

/** A unit of today that the text may mean, and the name that led to it. */
export interface Hit {
  readonly code: string;
  readonly unit: Unit;
  readonly cost: number;
  /** the name came with a word for its kind: "xã", "huyện" */
  readonly typed: boolean;
  /** an old province named with the new one that it is in: "Yên Bái, Lào Cai", which may also be the phường there */
  readonly inside: boolean;
  /** the rest of the text: house, village */
  readonly detail: string;
}

export interface Finding {
  readonly hits: readonly Hit[];
  /** words of the text that the chain explains */
  readonly words: number;
  /** a province or country was named, so `within` does not count */
  readonly areaNamed: boolean;
  readonly suspect?: Segment;
}

interface Judged {
  readonly chain: Chain;
  readonly leftover: Leftover;
  readonly cost: number;
  readonly words: number;
}

export const NOTHING_FOUND: Finding = { hits: [], words: 0, areaNamed: false };

function wordsIn(tokens: readonly Token[], { from, to }: Segment): number {
  let words = 0;
  for (let at = from; at < to; at += 1) words += tokens[at]?.words ?? 0;
  return words;
}

function judge(text: Text, chain: Chain): Judged | undefined {
  const leftover = leftoverOf(text, chain);
  if (!leftover) return undefined;
  const words = wordsIn(text.tokens, chain);
  if (leftover.cost >= COST.stuck && words < 2) return undefined;
  const least = chain.alive.reduce((best, { cost }) => Math.min(best, cost), Number.POSITIVE_INFINITY);
  return { chain, leftover, cost: Math.max(least, leftover.cost), words };
}

/** A sure chain before a doubtful one, then the one that explains more words. */
function better(a: Judged, b: Judged): number {
  const sure = Number(b.cost <= SURE) - Number(a.cost <= SURE);
  return sure || b.words - a.words || a.cost - b.cost;
}

function hitsOf({ chain, leftover }: Judged): Hit[] {
  const { alive, smallest, parts } = chain;
  const { detail } = leftover;
  const inside = smallest.rank === RANK.formerProvince && parts.some(({ rank }) => rank === RANK.province);
  return alive.flatMap(({ unit, cost }) => {
    const worst = leftover.cost > 0 ? leftover.cost + cost / COST.misspelt : cost;
    return codesMeant(unit).map((code) => ({
      code,
      unit,
      cost: worst,
      typed: smallest.typed,
      inside,
      detail,
    }));
  });
}

export function readText(text: Text, names: Names): Finding {
  const chains = findChains(text.tokens, findParts(text.tokens, names));
  const judged = chains.flatMap((chain) => judge(text, chain) ?? []);
  const [best] = judged.sort(better);
  if (!best) return NOTHING_FOUND;
  const equal = judged.filter((each) => isEqual(each, best));
  const { suspect } = best.leftover;
  return {
    hits: equal.flatMap(hitsOf),
    words: best.words,
    areaNamed: equal.every(({ chain }) => chain.parts.some((part) => part.rank >= RANK.formerProvince)),
    ...(suspect ? { suspect } : {}),
  };
}

function isEqual(a: Judged, best: Judged): boolean {
  return a.words === best.words && a.cost <= SURE === best.cost <= SURE;
}
