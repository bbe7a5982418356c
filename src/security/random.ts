import { randomBytes } from 'node:crypto';

/** 128 bits: nobody guesses one, and no two meet. */
export const RANDOM_ID_BYTES = 16;

/** An opaque id, 22 characters base64url. It says nothing and can stand in a link. */
export const randomId = (): string => randomBytes(RANDOM_ID_BYTES).toString('base64url');
