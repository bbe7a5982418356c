import { CODE_LENGTH, characters, prefixedCodes, type Random } from './base32.ts';
import { ok, type Parsed, problem } from './parsed.ts';

/** One-time codes that link a chat to a staff member: 'NV' and 8 characters of Crockford's base32, 40 random bits. */
const codes = prefixedCodes('NV');

/** Hours an invitation is good for. */
export const INVITATION_HOURS = 24;
/** Wrong codes a chat may type in an hour: enough for bad handwriting, useless against 2^40. */
export const CODE_TRIES = 5;
export const TRIES_WINDOW = 3_600_000;

/** A new code, normalised: 'NV7K3M9QXT'. */
export const newInvitation = codes.create;

/** A new staff id: short enough to be typed at a command. */
export const newStaffId = (random: Random): string => characters(random, CODE_LENGTH);

/** 'NV-7K3M-9QXT'. */
export const groupInvitation = codes.group;

/** The code somebody typed, with or without its NV, in any grouping. */
export const parseInvitation = (raw: string): Parsed<string> => {
  const code = codes.read(raw);
  return code === undefined ? problem('problem.invitation') : ok(code);
};

/** Whether a text by itself is such a code; only with its NV, so that no other number is taken for one. */
export const isInvitation = codes.is;

/** Times (ms) of wrong codes that still count. */
export const recentTries = (tries: readonly number[], now: number): readonly number[] =>
  tries.filter((at) => at > now - TRIES_WINDOW);
