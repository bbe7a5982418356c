/** What one photo may cost. Told apart so that each refusal can say what to do. */

/** Phones make 2–6 MB of 12 megapixels, messengers a tenth of that. */
export const IMAGE_BYTES_MAX = 8 * 1024 * 1024;

/**
 * JPEG is decoded line by line: a 50-megapixel phone makes 8,160 × 6,120. The others may have to be decoded whole, and
 * are screenshots: twice that of a 4K display. Larger is a bomb: 0.4 MB of JPEG can hold 12,000 × 9,000.
 */
export const PIXELS_MAX = { jpeg: 50_000_000, png: 16_000_000, webp: 16_000_000 } as const;

/**
 * The costliest photo tried (50 megapixels, progressive, no code in it) takes 1.4 s, and 3.8 s when the machine has four
 * times the work it can do. Beyond this something is wrong.
 */
export const READ_MS = 10_000;

/** Waiting photos are held in memory, at most 32 × 8 MB. At a median of 20 ms the last one is read within a second. */
export const WAITING_MAX = 32;

/** For V8's heap; pixels live outside it and are bounded by `PIXELS_MAX`. */
export const HEAP_MB = 128;
