import type { Json } from './json.ts';

/** A place as it was answered: the official code, what was said, and the rest of the address. */
export interface PlaceAnswer {
  readonly [key: string]: Json;
  readonly code: string;
  readonly said: string;
}
