import { fileCommand } from '../../src/delivery/attachments.ts';
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
  const qr = say.image?.kind === 'qr' ? await qrText(say.image.code) : null;
  const file = say.file && renderer.line(lang, fileCommand(say.file));
  return [sayPlain(renderer, lang, say), file, qr].filter((part) => typeof part === 'string').join('\n');
};
