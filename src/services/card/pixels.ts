/** From the bytes of a photo to the grey pixels that a pass looks at. Runs in the worker. */
import sharp, { type Sharp } from 'sharp';

/** One byte per pixel, row by row. */
export interface Grey {
  readonly data: Uint8Array;
  readonly width: number;
  readonly height: number;
}

/** One way of looking at the photo. */
export interface Pass {
  /** How many times larger than the photo. */
  readonly enlarge: number;
  /** But never longer than this, in pixels: it bounds time and memory. */
  readonly longest: number;
  /** Pushes each point away from the mean of its surroundings. */
  readonly contrast?: Contrast;
  /** Degrees. Codes near 45° are found worse, and other pixels between the modules may be luckier. */
  readonly turn?: number;
}

/** Sigmas are in pixels of the enlarged picture. */
interface Contrast {
  /** Of the smoothing before: enough to take the sensor's noise, too little to take the modules. */
  readonly smooth: number;
  /** Of the surroundings. */
  readonly around: number;
  /** How much of the difference is added. Infinity leaves only black and white: an adaptive threshold. */
  readonly amount: number;
}

/** What is decoded once and every pass starts from. */
const LONGEST_KEPT = 3_200;

// For the whole process: no photo outlives its reading in a cache, and one photo at a time takes one core.
sharp.cache(false);
sharp.concurrency(1);

/** Width × height from the header alone, without decoding; null when there is no readable header. */
export async function countPixels(image: Uint8Array): Promise<number | null> {
  try {
    const { width, height } = await sharp(image, { limitInputPixels: false }).metadata();
    return width * height;
  } catch {
    return null; // whatever is wrong with the header, it is no photo
  }
}

/** Null when the image is broken or has more pixels than allowed. One cut short by a bad network gives what arrived. */
export async function decode(image: Uint8Array, pixelsMax: number): Promise<Grey | null> {
  try {
    const photo = sharp(image, { limitInputPixels: pixelsMax, failOn: 'none' }).flatten({
      background: 'white',
    });
    return await toGrey(photo.resize({ ...within(LONGEST_KEPT), withoutEnlargement: true }).greyscale());
  } catch {
    return null; // how the decoder says that the data is broken
  }
}

export async function prepare(photo: Grey, pass: Pass): Promise<Grey> {
  const longest = Math.min(pass.longest, pass.enlarge * Math.max(photo.width, photo.height));
  const sized = await toGrey(fromGrey(photo).resize(within(Math.round(longest))));
  const clear = pass.contrast ? await stress(sized, pass.contrast) : sized;
  return pass.turn === undefined ? clear : toGrey(fromGrey(clear).rotate(pass.turn, { background: 'white' }));
}

/** Unsharp masking: takes back the blur of lens and hand, and evens out shadows. */
async function stress(grey: Grey, { smooth, around, amount }: Contrast): Promise<Grey> {
  const near = await toGrey(fromGrey(grey).blur(smooth));
  const wide = await toGrey(fromGrey(near).blur(around));
  const data = new Uint8ClampedArray(near.data.length);
  for (let at = 0; at < data.length; at++) {
    const here = near.data[at] ?? 0;
    const apart = here - (wide.data[at] ?? 0);
    data[at] = apart === 0 ? here : here + amount * apart; // Infinity × 0 is no number
  }
  return { ...near, data: new Uint8Array(data.buffer) };
}

const within = (longest: number) => ({ width: longest, height: longest, fit: 'inside' }) as const;

const fromGrey = ({ data, width, height }: Grey) => sharp(data, { raw: { width, height, channels: 1 } });

async function toGrey(image: Sharp): Promise<Grey> {
  const { data, info } = await image
    .toColourspace('b-w')
    .raw({ depth: 'uchar' })
    .toBuffer({ resolveWithObject: true });
  return { data, width: info.width, height: info.height };
}
