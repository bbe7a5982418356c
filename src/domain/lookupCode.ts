import { ALPHABET, unmistaken } from './base32.ts';

/**
 * Lookup codes: 10 characters of Crockford's base32 (50 random bits) and a check character, the value modulo
 * 37, which finds every single wrong character and every swap of two neighbours. Values 32–36 would need
 * the symbols * ~ $ = U, which cannot be read aloud or typed on a cheap phone: such codes are never issued. Nor are
 * those of letters alone (one in sixty) or digits alone: typed in one run they would pass for a word or a phone number.
 * https://www.crockford.com/base32.html
 */

const BODY = 10;
const CHECK = 37n;

const codeValue = (body: string): bigint =>
  [...body].reduce((sum, character) => sum * 32n + BigInt(ALPHABET.indexOf(character)), 0n);

const encode = (value: bigint): string =>
  Array.from(
    { length: BODY },
    (_, place) => ALPHABET[Number((value >> BigInt(5 * (BODY - 1 - place))) & 31n)],
  ).join('');

/** Known as a code also when it is typed in one run and nobody asked for it. */
const isUnlikeOthers = (code: string): boolean => /\d/.test(code) && /[A-Z]/.test(code);

/**
 * A code from random bytes, or null where it could not be spoken or would not be known as one: ask again with others.
 * @param bytes at least 7 random bytes
 */
const codeFrom = (bytes: Uint8Array): string | null => {
  const random = bytes.subarray(0, 7).reduce((sum, byte) => sum * 256n + BigInt(byte), 0n);
  const value = random & ((1n << 50n) - 1n);
  const check = Number(value % CHECK);
  const code = encode(value) + ALPHABET[check];
  return check < 32 && isUnlikeOthers(code) ? code : null;
};

/** A new code. @param random gives so many random bytes. */
export const newCode = (random: (size: number) => Uint8Array): string =>
  codeFrom(random(7)) ?? newCode(random);

/** "7K3M-9QXT-2BC": groups that can be read aloud. */
export const groupCode = (code: string): string => `${code.slice(0, 4)}-${code.slice(4, 8)}-${code.slice(8)}`;

export type CodeReading =
  | { readonly is: 'code'; readonly code: string }
  | { readonly is: 'mistyped' }
  | { readonly is: 'other' };

/** What is looked at: a code with a sign after every character is shorter. */
const LONGEST = 60;

const LEAD = /^(?:mã|ma|code)(?: tra cứu| tra cuu)?(?: (?:của tôi|cua toi))?(?: là| la| is)?[\s:]+/i;

/** Without what people write before it: "Mã tra cứu: 7K3M-9QXT-2BC". */
const bare = (raw: string): string => raw.normalize('NFC').trim().replace(LEAD, '').trim();

/** One run of signs, or groups as they are printed; a sentence is neither. At least one digit or hyphen as it was typed. */
const SHAPE =
  /^(?=.*[\d-])(?:[0-9a-z]{10,12}|[0-9a-z]{3,5}[\s.·_–—-]+[0-9a-z]{3,5}[\s.·_–—-]+[0-9a-z]{2,4})$/i;

/** Whether a text nobody asked for is meant as a code: "toi bi sot 2 hom", a phone or an identity number is not. */
export const looksLikeCode = (raw: string): boolean =>
  SHAPE.test(bare(raw)) && /[a-z]/i.test(bare(raw)) && readCode(raw).is !== 'other';

/**
 * Reads what somebody typed: a code, a mistyped one (right length, wrong check; told without asking the
 * database), or something else.
 */
export const readCode = (raw: string): CodeReading => {
  const code = raw.length > LONGEST ? '' : unmistaken(bare(raw));
  if (!/^[0-9A-HJKMNP-TV-Z]{11}$/.test(code))
    return { is: /^[0-9A-Z*~$=]{10,12}$/.test(code) && /\d/.test(bare(raw)) ? 'mistyped' : 'other' };
  const check = ALPHABET[Number(codeValue(code.slice(0, BODY)) % CHECK)];
  return check === code[BODY] ? { is: 'code', code } : { is: 'mistyped' };
};
