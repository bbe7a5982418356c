/** Every name that is understood, found by its bare letters, or nearly. */
import type { PlaceData } from './data.ts';
import { letterSet } from './distance.ts';
import { otherNames } from './nicknames.ts';
import {
  type ByLength,
  byLength,
  type Entry,
  findSimilar,
  type Named,
  type Near,
  type Similar,
} from './similar.ts';
import { type Spelling, spellName } from './spelling.ts';
import type { Unit } from './units.ts';

export interface Names {
  readonly find: (bare: string) => readonly Named[];
  /** Nearest first; 0 edits: only the marks are other ones. */
  readonly similar: (near: Near) => Similar[];
}

const NONE: readonly Named[] = [];

class Index implements Names {
  readonly #entries = new Map<string, Entry>();
  readonly #spellings = new Map<string, Spelling>();
  readonly #areas = new Map<string, ByLength>();
  #all: ByLength = [];

  constructor(units: readonly Unit[], data: PlaceData) {
    const others = otherNames(data);
    for (const unit of units) {
      this.#add(unit.name, unit, false);
      const { names, partial } = others(unit);
      for (const name of names) this.#add(name, unit, false);
      for (const name of partial) this.#add(name, unit, true);
    }
    this.#all = byLength(this.#entries.values());
  }

  readonly find = (bare: string): readonly Named[] => this.#entries.get(bare)?.named ?? NONE;

  readonly similar = (near: Near): Similar[] => {
    if (!near.areas) return findSimilar(this.#all, near);
    const found = [...near.areas].flatMap((area) => findSimilar(this.#inArea(area), near));
    const unique = new Map(found.map((each) => [each.bare, each]));
    return [...unique.values()].sort((a, b) => a.distance - b.distance);
  };

  /** Made when an area is first asked for: mostly one or two ever are. */
  #inArea(area: string): ByLength {
    let lists = this.#areas.get(area);
    if (!lists) {
      const there = [...this.#entries.values()].filter(({ named }) =>
        named.some(({ unit }) => unit.area === area),
      );
      lists = byLength(there);
      this.#areas.set(area, lists);
    }
    return lists;
  }

  #add(name: string, unit: Unit, partial: boolean): void {
    const spelling = this.#spell(name);
    if (spelling.bare === '') return;
    let entry = this.#entries.get(spelling.bare);
    if (!entry) {
      entry = { bare: spelling.bare, letters: letterSet(spelling.bare), named: [] };
      this.#entries.set(spelling.bare, entry);
    }
    entry.named.push({ spelling, unit, partial });
  }

  /** The same name is borne by many communes: spelt once. */
  #spell(name: string): Spelling {
    let spelling = this.#spellings.get(name);
    if (!spelling) {
      spelling = spellName(/^\d+$/.test(name) ? String(Number(name)) : name);
      this.#spellings.set(name, spelling);
    }
    return spelling;
  }
}

export function buildNames(units: readonly Unit[], data: PlaceData): Names {
  return new Index(units, data);
}
