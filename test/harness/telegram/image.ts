export interface ImageSize {
  readonly width: number;
  readonly height: number;
}

const PNG = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
/** JPEG's frame headers, that carry the size: C0 to CF without the tables C4, C8 and CC. */
const isFrame = (marker: number): boolean =>
  marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;

const jpegSize = (bytes: Buffer): ImageSize | undefined => {
  for (let at = 2; at + 9 < bytes.length && bytes[at] === 0xff; ) {
    const marker = bytes.readUInt8(at + 1);
    if (isFrame(marker)) return { height: bytes.readUInt16BE(at + 5), width: bytes.readUInt16BE(at + 7) };
    at += 2 + bytes.readUInt16BE(at + 2);
  }
  return undefined;
};

/** The size of a PNG or a JPEG by its header; undefined for everything else. */
export const imageSize = (bytes: Uint8Array): ImageSize | undefined => {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (buffer.length >= 24 && buffer.subarray(0, 8).equals(PNG))
    return { width: buffer.readUInt32BE(16), height: buffer.readUInt32BE(20) };
  if (buffer.length > 4 && buffer.readUInt16BE(0) === 0xffd8) return jpegSize(buffer);
  return undefined;
};

/** Boxes of Telegram's photo sizes s, m, x, y (core.telegram.org/api/files). */
const BOXES: readonly number[] = [90, 320, 800, 1280];

/** The sizes a photo is offered in: every box smaller than it, and the largest it fits into. */
export const sizesOf = ({ width, height }: ImageSize): readonly ImageSize[] => {
  const longest = Math.max(width, height);
  const boxes = BOXES.filter((box, i) => box < longest || (BOXES[i - 1] ?? 0) < longest);
  return boxes.map((box) => {
    const scale = Math.min(1, box / longest);
    return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
  });
};
