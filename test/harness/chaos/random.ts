/** Chance that can be repeated: everything drawn in a run follows from one seed. */
export interface Random {
  /** 0 ≤ x < 1 */
  next(): number;
  chance(probability: number): boolean;
  between(from: number, to: number): number;
  pick<T>(from: readonly T[]): T;
}

/** FNV-1a, so that a stream of chance can be named. */
const hashOf = (text: string): number => {
  let hash = 0x811c9dc5;
  for (const sign of Buffer.from(text)) hash = Math.imul(hash ^ sign, 0x01000193);
  return hash >>> 0;
};

/** mulberry32. Each name has a stream of its own: what one part draws does not move another's. */
export const randomOf = (seed: number, name: string): Random => {
  let state = hashOf(`${seed} ${name}`);
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  return {
    next,
    chance: (probability) => next() < probability,
    between: (from, to) => from + Math.floor(next() * (to - from + 1)),
    pick: (from) => {
      const picked = from[Math.floor(next() * from.length)];
      if (picked === undefined) throw new Error('nothing to pick from');
      return picked;
    },
  };
};
