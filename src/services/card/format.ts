/** The decoder knows many more formats (SVG, TIFF, PDF …); nobody photographs in them, and each is a door. */
export type ImageFormat = 'jpeg' | 'png' | 'webp';

/** The longest signature: `RIFF`, four bytes of length, `WEBP`. */
const SIGNATURE_BYTES = 12;

/** By its first bytes, whatever a file name or header said. */
export function formatOf(image: Uint8Array): ImageFormat | null {
  const start = Buffer.from(image.subarray(0, SIGNATURE_BYTES)).toString('latin1');
  if (start.startsWith('\xff\xd8\xff')) return 'jpeg';
  if (start.startsWith('\x89PNG\r\n\x1a\n')) return 'png';
  return start.startsWith('RIFF') && start.endsWith('WEBP') ? 'webp' : null;
}
