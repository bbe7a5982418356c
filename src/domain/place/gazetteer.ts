/** The gazetteer: official places by code, and by whatever people call them. Pure; the data is passed in. */
import type { PlaceData } from './data.ts';
import { label, labelled } from './label.ts';
import { buildNames } from './names.ts';
import { nearestCommunes } from './nearest.ts';
import type { Language, NameStyle, Place, Resolution, ResolveOptions, Route } from './place.ts';
import { resolve } from './resolve.ts';
import { readRoute } from './route.ts';
import { allUnits } from './units.ts';

export interface Gazetteer {
  readonly resolve: (text: string, options?: ResolveOptions) => Resolution;
  /** "Hà Nội - Than Uyên", "từ Hà Nội về Than Uyên", "to Sin Ho from Hanoi"; null when it is not two places. */
  readonly route: (text: string, options?: ResolveOptions) => Route | null;
  /** '' for a code that does not exist */
  readonly name: (code: string, language: Language, style: NameStyle) => string;
  /** Communes around a position (degrees, WGS 84), the nearest first: a guess to be confirmed. */
  readonly nearest: (lat: number, lon: number) => readonly Place[];
  readonly get: (code: string) => Place | undefined;
  /** Communes of a province, provinces of 'VN'; none for the rest. */
  readonly children: (code: string) => readonly Place[];
}

function placesOf({ vietnam, countries }: PlaceData): Map<string, Place> {
  const places = new Map<string, Place>();
  for (const { code } of countries.countries) places.set(code, { code, level: 'country', path: code });
  for (const [code] of vietnam.provinces) places.set(code, { code, level: 'province', path: code });
  for (const [area, rows] of Object.entries(vietnam.communes)) {
    for (const [code] of rows) places.set(code, { code, level: 'commune', path: `${area}/${code}` });
  }
  return places;
}

export function createGazetteer(data: PlaceData): Gazetteer {
  const places = placesOf(data);
  const labels = labelled(data);
  const names = buildNames(allUnits(data), data);
  const placeOf = (code: string): Place => {
    const place = places.get(code);
    if (!place) throw new Error(`place data names code ${code}, which is no unit`);
    return place;
  };
  const ask = (text: string, options: ResolveOptions = {}) => resolve(text, { names, options }, placeOf);
  return {
    resolve: ask,
    route: (text, options = {}) => readRoute(text, (part) => ask(part, options)),
    name: (code, language, style) => {
      const found = labels.get(code);
      return found ? label(found, language, style) : '';
    },
    nearest: (lat, lon) => nearestCommunes(data.positions.positions, lat, lon).map(placeOf),
    get: (code) => places.get(code),
    children: (code) => childrenOf(data, code).map(placeOf),
  };
}

function childrenOf({ vietnam }: PlaceData, code: string): readonly string[] {
  if (code === 'VN') return vietnam.provinces.map(([province]) => province);
  return (vietnam.communes[code] ?? []).map(([commune]) => commune);
}
