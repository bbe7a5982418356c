import { fileName } from '../../src/delivery/attachments.ts';
import type { Letter } from '../../src/delivery/letter.ts';
import { sayPlain } from '../../src/dialogue/plain.ts';
import type { Renderer } from '../../src/dialogue/render.ts';
import { type File, line } from '../../src/dialogue/say.ts';

/** Draws the QR of a lookup code with characters; null when there is no such declaration any more. */
export type QrText = (code: string) => Promise<string | null>;

/** A terminal takes no file: the command that writes it. */
const commandOf = (file: File) => ({ day: file.day, area: file.area, name: fileName(file) });

/** A letter as lines of text, choices numbered, the QR in characters. What the person typed is on their screen already. */
export const letterText = async (
  renderer: Renderer,
  qrText: QrText,
  { lang, say }: Letter,
): Promise<string | null> => {
  if (say === undefined) return null;
  const qr = say.image?.kind === 'qr' ? await qrText(say.image.code) : null;
  const file = say.file && renderer.line(lang, line('report.file.terminal', commandOf(say.file)));
  return [sayPlain(renderer, lang, say), file, qr].filter((part) => typeof part === 'string').join('\n');
};
