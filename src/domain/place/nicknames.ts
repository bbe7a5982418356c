/** What a unit is called besides its name: second spellings, English, parts of the name, initials. */
import type { PlaceData } from './data.ts';
import { spell } from './spelling.ts';
import { RANK, type Unit } from './units.ts';

export interface OtherNames {
  readonly names: readonly string[];
  readonly partial: readonly string[];
}

/** "Mỹ Đình 1" is asked for as "Mỹ Đình", "Xuân Hương - Đà Lạt" as "Xuân Hương", "2 Bảo Lộc" as "Bảo Lộc". */
const PARTS = /\s+-\s+|\s+\d+$|^\d+\s+/;

function initials(name: string): string {
  const words = name.split(/[^\p{L}]+/u);
  return words.map((word) => spell(word).bare.charAt(0)).join('');
}

function communeNames({ spellings, vietnam }: PlaceData): (unit: Unit) => readonly string[] {
  const known = new Map<string, readonly string[]>();
  for (const { province, names } of spellings.communes) {
    for (const name of names) known.set(`${province}|${name}`, names);
  }
  const current = new Map(vietnam.provinces.map(([code, , name]) => [code, name]));
  return ({ province, area, name }) => known.get(`${province?.name ?? current.get(area)}|${name}`) ?? [];
}

function provinceNames({ spellings }: PlaceData): (unit: Unit) => OtherNames {
  const known = new Map(spellings.provinces.map(({ name, names }) => [name, names]));
  const words = new Set(spellings.notInitials);
  return ({ name }) => {
    const short = initials(name);
    return { names: known.get(name) ?? [], partial: words.has(short) ? [] : [short] };
  };
}

export function otherNames(data: PlaceData): (unit: Unit) => OtherNames {
  const ofCommune = communeNames(data);
  const ofProvince = provinceNames(data);
  const ofCountry = new Map(data.countries.countries.map(({ code, en, names }) => [code, [en, ...names]]));
  return (unit) => {
    const { rank, name, area } = unit;
    if (rank === RANK.country) return { names: ofCountry.get(area) ?? [], partial: [] };
    if (rank === RANK.province || rank === RANK.formerProvince) return ofProvince(unit);
    if (rank > RANK.commune) return { names: [], partial: [] };
    const names = ofCommune(unit).filter((other) => other !== name);
    return { names, partial: name.split(PARTS).filter((part) => part !== name) };
  };
}
