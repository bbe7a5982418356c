import { prefixedCodes } from './base32.ts';
import { ok, type Parsed, problem } from './parsed.ts';

/**
 * Codes that connect a chat with another one of the same person: 'KN' (kết nối) and 8 characters. The first four find
 * the offer; the last four are its secret, 20 random bits, which five guesses in ten minutes do not find.
 */
const codes = prefixedCodes('KN');

/** How long a code is good for: long enough to take up the other phone. */
export const OFFER_MINUTES = 10;
/** Wrong secrets that end an offer. */
export const OFFER_TRIES = 5;

/** A new code, normalised: 'KN7K3M9QXT'. */
export const newTalkCode = codes.create;

/** 'KN-7K3M-9QXT'. */
export const groupTalkCode = codes.group;

/** The code somebody typed, with or without its KN, in any grouping. */
export const parseTalkCode = (raw: string): Parsed<string> => {
  const code = codes.read(raw);
  return code === undefined ? problem('problem.talkCode') : ok(code);
};

/** Whether a text by itself is such a code; only with its KN, so that no other number is taken for one. */
export const isTalkCode = codes.is;

/** What identifies the offer, and what proves that the code was seen. */
export const partsOfTalkCode = (code: string): { readonly offer: string; readonly secret: string } => ({
  offer: code.slice(2, 6),
  secret: code.slice(6),
});
