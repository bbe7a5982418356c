/** The named units, today's and those before 1 July 2025, and which lies in which. */
import type { Country, PlaceData, Vietnam } from './data.ts';

/** From small to big. A former commune can stand before the commune it is now in, a former province likewise. */
export const RANK = {
  formerCommune: 0,
  commune: 1,
  district: 2,
  formerProvince: 3,
  province: 4,
  region: 5,
  country: 6,
} as const;
export type Rank = (typeof RANK)[keyof typeof RANK];

export interface Unit {
  readonly rank: Rank;
  /** 'xã', 'thị trấn', 'huyện', 'tỉnh' …; '' for a country; 'first' for a region that wins over communes of its name */
  readonly type: string;
  readonly name: string;
  /** today's units that it is now: communes for a commune or district, one province, one country */
  readonly codes: readonly string[];
  /** today's province, or the country */
  readonly area: string;
  readonly district?: Unit;
  readonly province?: Unit;
}

/** A unit of the former levels that today's communes grew out of. */
interface Former extends Unit {
  readonly codes: string[];
}

/** Does the small unit lie in the big one? A new commune lies in an old district when a part of that went into it. */
export function liesIn(small: Unit, big: Unit): boolean {
  switch (big.rank) {
    case RANK.country:
      return big.codes[0] === 'VN' ? small.rank <= RANK.province : small.area === big.area;
    case RANK.region:
    case RANK.province:
      return small.area === big.area && !(small.rank === RANK.formerProvince && small.name === big.name);
    case RANK.formerProvince:
      return small.rank === RANK.commune ? big.codes.includes(small.codes[0] ?? '') : small.province === big;
    case RANK.district:
      return small.rank === RANK.commune ? big.codes.includes(small.codes[0] ?? '') : small.district === big;
    default:
      return small.codes.includes(big.codes[0] ?? '');
  }
}

/** The codes that a text naming this unit means: of a former province, the province it is in now. */
export function codesMeant(unit: Unit): readonly string[] {
  return unit.rank === RANK.formerProvince ? [unit.area] : unit.codes;
}

function currentUnits({ provinces, communes }: Vietnam): Unit[] {
  const units: Unit[] = [];
  for (const [code, type, name] of provinces)
    units.push({ rank: RANK.province, type, name, codes: [code], area: code });
  for (const [area, rows] of Object.entries(communes)) {
    for (const [code, type, name] of rows)
      units.push({ rank: RANK.commune, type, name, codes: [code], area });
  }
  return units;
}

function formerUnits({ former }: Vietnam, nameOf: ReadonlyMap<string, string>): Unit[] {
  const units: Unit[] = [];
  for (const { code: area, type, name, districts } of former) {
    const province: Former = { rank: RANK.formerProvince, type, name, codes: [], area };
    units.push(province);
    for (const row of districts) {
      const all = [...(row.whole ?? []), ...row.communes.flatMap(([, , ...codes]) => codes)];
      const codes = inOrder(all, row.name, nameOf);
      const district: Unit = { rank: RANK.district, type: row.type, name: row.name, codes, area, province };
      province.codes.push(...codes);
      units.push(district);
      for (const [kind, commune, ...into] of row.communes) {
        units.push({
          rank: RANK.formerCommune,
          type: kind,
          name: commune,
          codes: into,
          area,
          district,
          province,
        });
      }
    }
  }
  return units;
}

/** The communes of a district, likeliest first: the one with its name, then by how many old communes went into it. */
function inOrder(codes: readonly string[], name: string, nameOf: ReadonlyMap<string, string>): string[] {
  const counts = new Map<string, number>();
  for (const code of codes) counts.set(code, (counts.get(code) ?? 0) + 1);
  const weight = (code: string) => (nameOf.get(code) === name ? codes.length : 0) + (counts.get(code) ?? 0);
  return [...counts.keys()].sort((a, b) => weight(b) - weight(a));
}

function countryUnits({ code, vi, regions = [], first = [] }: Country): Unit[] {
  const part = (type: string) => (name: string) => ({
    rank: RANK.region,
    type,
    name,
    codes: [code],
    area: code,
  });
  const country: Unit = { rank: RANK.country, type: '', name: vi, codes: [code], area: code };
  return [country, ...first.map(part('first')), ...regions.map(part(''))];
}

export function allUnits({ vietnam, countries }: PlaceData): Unit[] {
  const communes = Object.values(vietnam.communes).flat();
  const nameOf = new Map(communes.map(([code, , name]) => [code, name]));
  return [
    ...currentUnits(vietnam),
    ...formerUnits(vietnam, nameOf),
    ...countries.countries.flatMap(countryUnits),
  ];
}
