import type { Json } from '../../domain/json.ts';
import type { Problem } from '../../domain/parsed.ts';
import type { PersonEvent } from '../event.ts';
import type { Limits } from '../limits.ts';
import type { Renderer } from '../render.ts';
import type { Input, Line, Say, Value } from '../say.ts';

/** What a place resolver must answer; the engine knows no geography. */
export interface PlaceFinder {
  /** One place, several to ask between, or none; `fine` where the very commune matters, not the journey. */
  find(text: string, fine: boolean): readonly PlaceFound[];
  /** Both ends of a journey named in one line ("Hà Nội đến Than Uyên"); null when it is not that. */
  route(text: string): { readonly from: readonly PlaceFound[]; readonly to: readonly PlaceFound[] } | null;
  /** What lies nearest; empty when positions are not known. Never sure: a position is confirmed. */
  nearest(lat: number, lon: number): readonly PlaceFound[];
  exists(code: string): boolean;
}

/** `sure` is false for a misspelt or far-off match: it is asked about, never taken silently. */
export interface PlaceFound {
  readonly code: string;
  readonly said: string;
  readonly detail?: string;
  /** The former unit that was named, to tell two candidates apart. */
  readonly former?: string;
  readonly sure: boolean;
  /** The home province as a whole: enough for a journey, not for where somebody lives. */
  readonly coarse?: true;
}

/** What a question may look at while it takes an answer. Nothing here does I/O. */
export interface Env {
  readonly now: number;
  /** 'YYYY-MM-DD' in Vietnam. */
  readonly today: string;
  readonly places: PlaceFinder;
  readonly renderer: Renderer;
  readonly limits: Limits;
}

/** A ready answer, drawn as a button and understood when its words or number are typed. */
export interface Option {
  readonly id: string;
  readonly value: Json;
  readonly label: Value;
  /** Other words for it, folded (no tone marks, lower case). */
  readonly words?: readonly string[];
  /** How it stands among the answers, where the button says more than needs to be read again. */
  readonly short?: Value;
  /** "Không" in any of its writings means this one: "I have none". */
  readonly no?: true;
}

/** What an answer turned out to be. */
export type Taken =
  | { readonly is: 'value'; readonly value: Json }
  | { readonly is: 'problem'; readonly problem: Problem }
  /** Answers this question, and the same words answer the next one too: a name, where a photo of a card was asked for. */
  | { readonly is: 'through'; readonly value: Json }
  /** Truly ambiguous: one of these, to be asked. */
  | { readonly is: 'which'; readonly values: readonly Json[] }
  /** Ticked in a question with several choices, not sent yet. */
  | { readonly is: 'ticked'; readonly ids: readonly string[] }
  /**
   * Needs longer than a step. With `part` one of several things sent one after the other: what comes while another is
   * worked on is done together with it, under `parts` of what the work is given.
   */
  | {
      readonly is: 'work';
      readonly name: string;
      readonly args: { readonly [name: string]: Json };
      readonly part?: Json;
    };

export type Kind =
  | 'text'
  | 'number'
  | 'date'
  | 'yesNo'
  | 'choice'
  | 'choices'
  | 'place'
  | 'photo'
  | 'file'
  | 'contact'
  | 'location'
  | 'review';

/**
 * One thing to ask. A question knows how to take an answer, whether a stored answer still fits (a flow may
 * have changed under it), how to show it, and a usual answer, from which the length of the rest is estimated.
 */
export interface Question {
  readonly key: string;
  readonly kind: Kind;
  readonly text: Line;
  /** Asked instead, where an answer was doubtful and one of its meanings is to be chosen. */
  readonly which: Line;
  /** Its short name in the review. */
  readonly label: Line;
  /** What came of the answer before: said before it is asked, the file once. */
  readonly tells: Partial<Pick<Say, 'notes' | 'file'>> | undefined;
  /** Said when help is asked for here. */
  readonly help: Line | undefined;
  readonly optional: boolean;
  /** Whether its answer can stand beside others in one line: it never holds a comma. */
  readonly inline: boolean;
  /** Left out of the review: consent, the review itself. */
  readonly hidden: boolean;
  readonly several: boolean;
  readonly input: Input;
  readonly options: readonly Option[];
  /** Names the sentence that tells after too many wrong answers how to get on: its kind, or what a question knows better. */
  readonly way: string;
  /** Offered after too many wrong answers: a list to pick from. */
  readonly easier: readonly Option[];
  take(event: PersonEvent, env: Env): Taken;
  fits(value: Json, env: Env): boolean;
  show(value: Json): Value;
  readonly usual: Json;
  /**
   * Known already (from the card, from last time): taken without asking, shown in the review, editable there.
   * null: known to be left open.
   */
  readonly preset: Json | undefined;
}

export const problemTaken = (key: string, values?: Problem['values']): Taken => ({
  is: 'problem',
  problem: values === undefined ? { key } : { key, values },
});

export const valueTaken = (value: Json): Taken => ({ is: 'value', value });
