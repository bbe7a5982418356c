/**
 * An address is a chain of names, each lying in the next: small to big ("Quảng Sơn, Ninh Sơn, Ninh Thuận") or big to
 * small. This finds every chain in a text; what is left over is house and village, or a reason to doubt.
 */
import type { Part, Reading } from './parts.ts';
import type { Token } from './tokens.ts';
import { liesIn } from './units.ts';
import { isWord } from './words.ts';

export interface Chain {
  readonly from: number;
  readonly to: number;
  /** in the order of the text */
  readonly parts: readonly Part[];
  readonly smallest: Part;
  readonly order: 'up' | 'down';
  /** readings of the smallest name that lie in every bigger one, each with the worst doubt of the chain */
  readonly alive: readonly Reading[];
}

/** "thôn 1 thuộc xã A của huyện B": so many words may stand between two names. */
const MOST_FILLERS = 2;

function costInside(reading: Reading, big: Part): number {
  let cost = Number.POSITIVE_INFINITY;
  for (const other of big.readings) {
    if (other.cost < cost && liesIn(reading.unit, other.unit)) cost = other.cost;
  }
  return Math.max(cost, reading.cost);
}

function readingsAlive(smallest: Part, parts: readonly Part[]): Reading[] {
  const bigger = parts.filter((part) => part !== smallest);
  const alive: Reading[] = [];
  for (const { unit, cost: own } of smallest.readings) {
    const cost = bigger.reduce((worst, part) => costInside({ unit, cost: worst }, part), own);
    if (cost < Number.POSITIVE_INFINITY) alive.push({ unit, cost });
  }
  return alive;
}

/** Neighbours in a chain lie in each other: "Cao Bằng, Cao Bằng" is the town in the province, not the province twice. */
function areNested(a: Part, b: Part): boolean {
  const [small, big] = a.rank < b.rank ? [a, b] : [b, a];
  return small.readings.some(({ unit }) => big.readings.some((other) => liesIn(unit, other.unit)));
}

function chainOf(parts: readonly Part[], order: 'up' | 'down'): Chain | undefined {
  const [first, last] = [parts[0], parts.at(-1)];
  if (!first || !last) return undefined;
  const smallest = order === 'up' ? first : last;
  const alive = readingsAlive(smallest, parts);
  return alive.length === 0 ? undefined : { from: first.from, to: last.to, parts, smallest, order, alive };
}

function nextPlaces(tokens: readonly Token[], at: number): number[] {
  const places = [at];
  for (let i = at; i < at + MOST_FILLERS; i += 1) {
    const token = tokens[i];
    if (!token || !isWord(token, 'joining')) break;
    places.push(i + 1);
  }
  return places;
}

function groupByStart(parts: readonly Part[]): ReadonlyMap<number, readonly Part[]> {
  const groups = new Map<number, Part[]>();
  for (const part of parts) {
    const group = groups.get(part.from);
    if (group) group.push(part);
    else groups.set(part.from, [part]);
  }
  return groups;
}

export function findChains(tokens: readonly Token[], parts: readonly Part[]): Chain[] {
  const byStart = groupByStart(parts);
  const found: Chain[] = [];
  const extend = (chain: Chain, order: 'up' | 'down'): void => {
    const last = chain.parts.at(-1);
    for (const part of nextPlaces(tokens, chain.to).flatMap((at) => byStart.get(at) ?? [])) {
      if (!last || (order === 'up' ? part.rank <= last.rank : part.rank >= last.rank)) continue;
      const longer = areNested(last, part) ? chainOf([...chain.parts, part], order) : undefined;
      if (!longer) continue;
      found.push(longer);
      extend(longer, order);
    }
  };
  for (const part of parts) {
    const single = chainOf([part], 'up');
    if (!single) continue;
    found.push(single);
    extend(single, 'up');
    extend(single, 'down');
  }
  return found;
}
