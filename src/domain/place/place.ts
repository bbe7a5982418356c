/** What the rest of the house sees of places: the official units of 1 July 2025, and what a text can mean. */

type PlaceLevel = 'country' | 'province' | 'commune';

export interface Place {
  /** 'CN' (ISO 3166 alpha-2), '12' (province), '03595' (commune): official codes in force since 1 July 2025. */
  readonly code: string;
  readonly level: PlaceLevel;
  /** Area path, so that "in this area" is a prefix question: 'CN', '12', '12/03595'. */
  readonly path: string;
}

/** Why a place is offered: it bears the name, bore it before 1 July 2025, lies in the old district named, is the wider area named, or is spelt nearly so. */
export type Why = 'name' | 'former' | 'district' | 'area' | 'similar';

export interface Candidate {
  readonly place: Place;
  readonly why: Why;
  /** The old unit meant, in Vietnamese with its type ('thị trấn Mường Tè'), when the name is an old one. */
  readonly old?: string;
}

export type Resolution =
  | {
      readonly kind: 'one';
      readonly place: Place;
      readonly detail: string;
      readonly old?: string;
      /** The old district of the same name ('huyện Sìn Hồ'): the speaker may have meant any commune of it. */
      readonly district?: string;
    }
  /** 2 to 8 places that the words fit equally: ask. `more` = how many further ones there are. */
  | {
      readonly kind: 'several';
      readonly places: readonly Candidate[];
      readonly detail: string;
      readonly more: number;
    }
  /** 1 to 8 places that the words nearly fit, likeliest first: never taken without a yes. */
  | {
      readonly kind: 'near';
      readonly places: readonly Candidate[];
      readonly detail: string;
      readonly more: number;
    }
  | { readonly kind: 'none' };

export interface ResolveOptions {
  /** Code of the province in which a name without a province is looked for first. */
  readonly within?: string;
  /**
   * How exactly the answer must be known. 'province': communes are lifted to their province, so fewer questions.
   * 'commune': a bare name that an old district also bore ("Sìn Hồ") is asked about; without it the commune is taken.
   */
  readonly at?: 'province' | 'commune';
  /**
   * The text is from a document of before 1 July 2025 (a citizen card): a unit of today counts only where no old one fits.
   * People mix old districts with new communes, so what they type themselves is asked about without this.
   */
  readonly oldUnits?: boolean;
}

export interface Route {
  readonly from: Resolution;
  readonly to: Resolution;
}

export type Language = 'vi' | 'en';
export type NameStyle = 'short' | 'full';

/** Most places in one question: they fit one phone screen as buttons. */
export const MOST_CANDIDATES = 8;
