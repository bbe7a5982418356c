import type { Json } from '../domain/json.ts';
import type { Lang } from '../domain/lang.ts';

/** A value inside a sentence. Dates, places and lines are rendered late, in the language of the moment. */
export type Value =
  | string
  | number
  | Line
  | { readonly date: string } // YYYY, or YYYY-MM-DD
  | { readonly time: number } // ms since 1970
  | { readonly place: string } // official code
  | { readonly degrees: number } // °C
  | { readonly count: number } // a whole number with its thousands apart
  | { readonly named: Readonly<Record<Lang, string>> } // a name from data, not from the catalogue
  | { readonly list: readonly Value[] };

/** One sentence of the catalogue with its values; never rendered text, so the language can change at any time. */
export interface Line {
  readonly key: string;
  readonly values?: { readonly [name: string]: Value };
}

/** A button. `id` is what comes back; `control` marks back, skip and the like, which are never numbered. */
export interface Choice {
  readonly id: string;
  readonly label: Value;
  readonly control?: true;
  readonly picked?: true;
}

/** Where the person is in the conversation: question `at` of about `of`. */
export interface Progress {
  readonly at: number;
  readonly of: number;
}

/** An image that is made when it is sent, from data that may be stored. */
export type Image =
  | {
      readonly kind: 'qr';
      /** The lookup code whose signed link the QR carries; the token is made fresh at sending. */
      readonly code: string;
    }
  | ({ readonly kind: 'chart' } & ReportRef);

/** A file that is made when it is sent, and only for those who may read it. `rejected`: rows of a list that were not taken. */
export type File =
  | ({ readonly kind: 'report' } & ReportRef)
  | { readonly kind: 'rejected'; readonly list: string };

/** The figures that were kept for a report, as one area is told them. */
export interface ReportRef {
  readonly report: string;
  /** 'YYYY-MM-DD'. */
  readonly day: string;
  readonly area: string;
}

/**
 * One message to a person. Every channel renders it with what it has: buttons where there are buttons,
 * numbered lines where there are not.
 */
export interface Say {
  /** What was understood, went wrong or came out; read before the question. */
  readonly notes: readonly Line[];
  readonly ask?: Line;
  readonly progress?: Progress;
  readonly choices?: readonly Choice[];
  /** Several choices may be ticked before one sends. */
  readonly several?: true;
  /** What the question wants, for channels that can offer a camera, a keypad or a share button. */
  readonly input?: Input;
  readonly image?: Image;
  readonly file?: File;
  /** The question that was pressed, as it stands now: it may take the place of that message. */
  readonly same?: true;
  /** The turn the buttons were drawn for; it comes back with a press, so that a stale one is recognised. */
  readonly turn: number;
}

export type Input =
  | 'text'
  | 'number'
  | 'date'
  | 'phone'
  | 'place'
  | 'photo'
  | 'contact'
  | 'location'
  | 'choice';

export const line = (key: string, values?: Line['values']): Line =>
  values === undefined ? { key } : { key, values };

/** Says are stored as they are; this is the one place that claims it. */
export const sayToJson = (say: Say): Json => say as unknown as Json;
export const sayFromJson = (json: Json): Say => json as unknown as Say;
