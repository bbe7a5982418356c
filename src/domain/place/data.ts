/** The shape of the files under data/places, as they are read. */

import type { Positions } from './nearest.ts';

/** code, type in lower case ('xã', 'phường', 'thị trấn', 'đặc khu'), name */
type CommuneRow = readonly [code: string, type: string, name: string];
/** type, name, then the codes of today's communes that the old one went into (mostly one; 23 were split) */
type FormerCommuneRow = readonly [type: string, name: string, ...codes: string[]];

interface FormerDistrict {
  readonly type: string;
  readonly name: string;
  /** Island districts that became one special zone and had no communes. */
  readonly whole?: readonly string[];
  readonly communes: readonly FormerCommuneRow[];
}

interface FormerProvince {
  /** today's province that it went into */
  readonly code: string;
  readonly type: string;
  readonly name: string;
  readonly districts: readonly FormerDistrict[];
}

export interface Vietnam {
  readonly version: number;
  readonly provinces: readonly (readonly [code: string, type: string, name: string])[];
  readonly communes: Readonly<Record<string, readonly CommuneRow[]>>;
  readonly former: readonly FormerProvince[];
}

interface Spellings {
  /** Communes of one province with more than one current spelling: each name finds them all. */
  readonly communes: readonly { readonly province: string; readonly names: readonly string[] }[];
  /** Other names of provinces, old and new. */
  readonly provinces: readonly { readonly name: string; readonly names: readonly string[] }[];
  /** Initials ('LC') are understood of every province, always with a question; these are not, being words. */
  readonly notInitials: readonly string[];
}

export interface Country {
  readonly code: string;
  readonly vi: string;
  readonly en: string;
  readonly names: readonly string[];
  /** Regions whose name wins over Vietnamese communes of the same name, being far likelier here. */
  readonly first?: readonly string[];
  readonly regions?: readonly string[];
}

export interface PlaceData {
  readonly positions: { readonly positions: Positions };
  readonly vietnam: Vietnam;
  readonly spellings: Spellings;
  readonly countries: { readonly countries: readonly Country[] };
}
