/** What one photo may cost. Told apart so that each refusal can say what to do. */

/** Phones make 2–6 MB of 12 megapixels, messengers a tenth of that. */
export const IMAGE_BYTES_MAX = 8 * 1024 * 1024;

/** A 50-megapixel phone makes 8,160 × 6,120. Larger is a bomb: 0.4 MB of JPEG can hold 12,000 × 9,000. */
export const PIXELS_MAX = 50_000_000;

/** The slowest photo without any code took 2.5 s on two busy cores; beyond this something is wrong. */
export const READ_MS = 10_000;

/** Waiting photos are held in memory: at most 32 × 8 MB. At some 50 ms each the last one waits two seconds. */
export const WAITING_MAX = 32;

/** For V8's heap; pixels live outside it and are bounded by `PIXELS_MAX`. */
export const HEAP_MB = 128;
