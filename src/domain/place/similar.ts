/** Names that are nearly the one asked for. */
import { differentLetters, editDistance, letterSet, markedDistance } from './distance.ts';
import type { Spelling } from './spelling.ts';
import type { Unit } from './units.ts';

export interface Named {
  readonly spelling: Spelling;
  readonly unit: Unit;
  /** Only a part or the initials of the name: never taken without asking. */
  readonly partial: boolean;
}

export interface Entry {
  readonly bare: string;
  readonly letters: number;
  readonly named: Named[];
}

export interface Similar {
  readonly bare: string;
  readonly distance: number;
}

/** What a misspelt name is compared with. */
export interface Near {
  readonly asked: Spelling;
  /** wrong letters at most */
  readonly limit: number;
  /** wrong letters and marks together, where marks were typed; as many as letters without */
  readonly marksLimit?: number;
  /** only units of these areas; of all without */
  readonly areas?: ReadonlySet<string>;
  readonly accept?: (unit: Unit) => boolean;
}

export type ByLength = (Entry[] | undefined)[];

export function byLength(entries: Iterable<Entry>): ByLength {
  const lists: ByLength = [];
  for (const entry of entries) {
    lists[entry.bare.length] ??= [];
    lists[entry.bare.length]?.push(entry);
  }
  return lists;
}

function isNear({ asked, limit, marksLimit = limit, areas, accept }: Near, { named }: Entry): boolean {
  return named.some(({ unit, partial, spelling }) => {
    if (partial || (areas && !areas.has(unit.area)) || (accept && !accept(unit))) return false;
    return asked.bare === spelling.bare || markedDistance(asked, spelling, marksLimit) <= marksLimit;
  });
}

export function findSimilar(lists: ByLength, near: Near): Similar[] {
  const { bare } = near.asked;
  const letters = letterSet(bare);
  const found: Similar[] = [];
  for (let length = bare.length - near.limit; length <= bare.length + near.limit; length += 1) {
    for (const entry of lists[length] ?? []) {
      if (differentLetters(letters, entry.letters) > 2 * near.limit) continue;
      const distance = editDistance(bare, entry.bare, near.limit);
      if (distance <= near.limit && isNear(near, entry)) found.push({ bare: entry.bare, distance });
    }
  }
  return found.sort((a, b) => a.distance - b.distance);
}
