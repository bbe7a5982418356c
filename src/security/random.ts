import { randomBytes } from 'node:crypto';

/** 128 bits: nobody guesses one, and no two meet. */
export const RANDOM_ID_BYTES = 16;

/**
 * An opaque id, 22 characters base64url. It says nothing, can stand in a link, and can be typed at a command: one in 64
 * would begin with a hyphen and be taken for an option there.
 */
export const randomId = (): string => {
  const id = randomBytes(RANDOM_ID_BYTES).toString('base64url');
  return id.startsWith('-') ? randomId() : id;
};

/** Drawn at once: every draw is a call into the library, and costs as much as sealing what it is for. */
const DRAWN_BYTES = 4_096;

let drawn = Buffer.alloc(0);

/** Random bytes that need not stay secret, each used once. The buffer is not to be written to. */
export const randomIv = (bytes: number): Buffer => {
  if (drawn.length < bytes) drawn = randomBytes(DRAWN_BYTES);
  const iv = drawn.subarray(0, bytes);
  drawn = drawn.subarray(bytes);
  return iv;
};
