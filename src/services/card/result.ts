import type { CitizenCard } from '../../domain/card/parse.ts';

/**
 * Why no card was read. `tooLarge`, `tooManyPixels`: refused unread. `notAnImage`: no JPEG, PNG or WebP (a HEIC is
 * none), or broken. `noCode`: no QR found. `notACard`: a QR, but of something else. `timeout`: given up.
 * `busy`: too many are waiting; the same photo may be tried again.
 */
export type CardProblem =
  | 'tooLarge'
  | 'notAnImage'
  | 'tooManyPixels'
  | 'noCode'
  | 'notACard'
  | 'timeout'
  | 'busy';

export type CardResult =
  | { readonly ok: true; readonly card: CitizenCard }
  | { readonly ok: false; readonly problem: CardProblem };

export const refused = (problem: CardProblem): CardResult => ({ ok: false, problem });
