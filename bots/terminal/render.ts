import type { Letter } from '../../src/delivery/letter.ts';
import { sayPlain } from '../../src/dialogue/plain.ts';
import type { Renderer } from '../../src/dialogue/render.ts';

/** Draws the QR of a lookup code with characters; null when there is no such declaration any more. */
export type QrText = (code: string) => Promise<string | null>;

/** A letter as lines of text, choices numbered, the QR in characters. What the person typed is on their screen already. */
export const letterText = async (
  renderer: Renderer,
  qrText: QrText,
  { lang, say }: Letter,
): Promise<string | null> => {
  if (say === undefined) return null;
  const text = sayPlain(renderer, lang, say);
  const qr = say.image === undefined ? null : await qrText(say.image.code);
  return qr === null ? text : `${text}\n${qr}`;
};
