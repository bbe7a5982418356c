/** One photo, looked at in ever more costly ways until a card is found. Runs in the worker. */
import { parseCard } from '../../domain/card/parse.ts';
import { readCodes } from './codes.ts';
import { PIXELS_MAX } from './limits.ts';
import { countPixels, decode, type Pass, prepare } from './pixels.ts';
import { type CardResult, refused } from './result.ts';

/** In the order of what each adds for its time, found on photos other than those of the benchmark. */
export const PASSES: readonly Pass[] = [
  { enlarge: 1, longest: 1_600 },
  { enlarge: 2, longest: 3_200 },
  { enlarge: 2, longest: 3_200, sharpen: true },
  { enlarge: 2, longest: 3_200, sharpen: true, turn: 22 },
  { enlarge: 3, longest: 3_840, sharpen: true },
];

/** Several codes in one picture: the first that is a card. */
export async function lookForCard(image: Uint8Array, passes = PASSES): Promise<CardResult> {
  const pixels = await countPixels(image);
  if (pixels === null) return refused('notAnImage');
  if (pixels > PIXELS_MAX) return refused('tooManyPixels');
  const photo = await decode(image);
  if (photo === null) return refused('notAnImage');
  let codeSeen = false;
  for (const pass of passes) {
    const texts = await readCodes(await prepare(photo, pass));
    const card = texts.map(parseCard).find((found) => found !== null);
    if (card) return { ok: true, card };
    codeSeen ||= texts.length > 0;
  }
  return refused(codeSeen ? 'notACard' : 'noCode');
}
