import { clean } from './text.ts';

/** Crockford's base32, for codes that are read aloud and typed. https://www.crockford.com/base32.html */
export const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** So many random bytes. */
export type Random = (size: number) => Uint8Array;

/** Random characters. 256 is a multiple of 32: every one is equally likely. */
export const characters = (random: Random, count: number): string =>
  Array.from(random(count), (byte) => ALPHABET[byte % 32]).join('');

/** Without what groups the characters, and without what the eye and the ear confuse: O is 0, I and L are 1. */
export const unmistaken = (raw: string): string =>
  raw
    .toUpperCase()
    .replace(/[\s.·_–—-]/g, '')
    .replace(/O/g, '0')
    .replace(/[IL]/g, '1');

/** Characters of a code that is typed once: 40 random bits. */
export const CODE_LENGTH = 8;
const BODY = /^[0-9A-HJKMNP-TV-Z]{8}$/;
/** What is looked at of a text. */
const LONGEST = 40;

/** Codes under a prefix of two letters that says what they are for: 'NV7K3M9QXT' links a staff member. */
export const prefixedCodes = (prefix: string) => {
  const normalise = (raw: string): string => unmistaken(clean(raw.slice(0, LONGEST)));
  const marked = new RegExp(`^\\s*${prefix}`, 'i');
  /** The code somebody typed, with or without its prefix, in any grouping; undefined when it is none. */
  const read = (raw: string): string | undefined => {
    const text = normalise(raw);
    const whole = text.startsWith(prefix) && text.length === prefix.length + CODE_LENGTH;
    const body = whole ? text.slice(prefix.length) : text;
    return BODY.test(body) ? prefix + body : undefined;
  };
  return {
    create: (random: Random): string => prefix + characters(random, CODE_LENGTH),
    read,
    /** Whether a text by itself is such a code: only with its prefix, so that no other number is taken for one. */
    is: (raw: string): boolean =>
      marked.test(raw) && normalise(raw).length === prefix.length + CODE_LENGTH && read(raw) !== undefined,
    /** 'NV-7K3M-9QXT'. */
    group: (code: string): string => `${code.slice(0, 2)}-${code.slice(2, 6)}-${code.slice(6)}`,
  };
};
