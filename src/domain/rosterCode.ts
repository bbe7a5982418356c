import { ok, type Parsed, problem } from './parsed.ts';
import { clean } from './text.ts';

/** One-time codes that link a chat to a staff member: 'NV' and 8 characters of Crockford's base32, 40 random bits. */

const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const LENGTH = 8;
const PREFIX = 'NV';

/** Hours an invitation is good for. */
export const INVITATION_HOURS = 24;
/** Wrong codes a chat may type in an hour: enough for bad handwriting, useless against 2^40. */
export const CODE_TRIES = 5;
export const TRIES_WINDOW = 3_600_000;

type Random = (size: number) => Uint8Array;

/** Characters from the alphabet that can be read aloud. 256 is a multiple of 32: every one is equally likely. */
const characters = (random: Random): string =>
  Array.from(random(LENGTH), (byte) => ALPHABET[byte % 32]).join('');

/** A new code, normalised: 'NV7K3M9QXT'. */
export const newInvitation = (random: Random): string => PREFIX + characters(random);

/** A new staff id: short enough to be typed at a command. */
export const newStaffId = (random: Random): string => characters(random);

/** 'NV-7K3M-9QXT'. */
export const groupInvitation = (code: string): string =>
  `${code.slice(0, 2)}-${code.slice(2, 6)}-${code.slice(6)}`;

const normalise = (raw: string): string =>
  clean(raw.slice(0, 40))
    .toUpperCase()
    .replace(/[\s.·_–—-]/g, '')
    .replace(/O/g, '0')
    .replace(/[IL]/g, '1');

/** The code somebody typed, with or without its NV, in any grouping. */
export const parseInvitation = (raw: string): Parsed<string> => {
  const text = normalise(raw);
  const body = text.startsWith(PREFIX) && text.length === LENGTH + 2 ? text.slice(2) : text;
  return /^[0-9A-HJKMNP-TV-Z]{8}$/.test(body) ? ok(PREFIX + body) : problem('problem.invitation');
};

/** Whether a text by itself is such a code; only with its NV, so that no other number is taken for one. */
export const isInvitation = (raw: string): boolean =>
  /^\s*NV/i.test(raw) && normalise(raw).length === LENGTH + 2 && parseInvitation(raw).ok;

/** Times (ms) of wrong codes that still count. */
export const recentTries = (tries: readonly number[], now: number): readonly number[] =>
  tries.filter((at) => at > now - TRIES_WINDOW);
