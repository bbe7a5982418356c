/** What a place is called, for people. */
import type { Country, PlaceData } from './data.ts';
import type { Language, NameStyle } from './place.ts';
import type { Unit } from './units.ts';

export interface Labelled {
  readonly type: string;
  readonly name: string;
  readonly area?: Labelled;
  readonly country?: Country;
}

const ENGLISH: Readonly<Record<string, string>> = {
  xã: 'commune',
  phường: 'ward',
  'đặc khu': 'special zone',
  tỉnh: 'province',
  'thành phố': 'city',
};

/** 'thị trấn Mường Tè', 'huyện Sìn Hồ', 'tỉnh Yên Bái' */
export function unitLabel({ type, name }: Pick<Unit, 'type' | 'name'>): string {
  return `${type} ${name}`.trim();
}

/** The official units by code, with what is needed to name them. */
export function labelled({ vietnam, countries }: PlaceData): Map<string, Labelled> {
  const all = new Map<string, Labelled>();
  for (const country of countries.countries) all.set(country.code, { type: '', name: country.vi, country });
  for (const [code, type, name] of vietnam.provinces) all.set(code, { type, name });
  for (const [area, rows] of Object.entries(vietnam.communes)) {
    const province = all.get(area);
    for (const [code, type, name] of rows)
      all.set(code, { type, name, ...(province ? { area: province } : {}) });
  }
  return all;
}

/**
 * Commune: short 'xã Than Uyên' / 'Than Uyên commune', full with the province. Province: short 'Lai Châu', full
 * 'tỉnh Lai Châu' / 'Lai Châu province'. Country: its name.
 */
export function label({ type, name, area, country }: Labelled, language: Language, style: NameStyle): string {
  if (country) return language === 'vi' ? country.vi : country.en;
  const typed = language === 'vi' ? `${type} ${name}` : `${name} ${ENGLISH[type] ?? type}`;
  if (!area) return style === 'short' ? name : typed;
  return style === 'short' ? typed : `${typed}, ${area.name}`;
}
