import type { Tokens } from '../security/token.ts';
import { type DeclarationParts, idOfCode, statusOfDeclaration } from './declarations/index.ts';
import { qrImage, qrText } from './qrImage.ts';

type QrVerdict = 'valid' | 'ended' | 'withdrawn' | 'unknown' | 'training';

/** The link of a declaration's QR, its image, and what its page may say. */
export interface Qr {
  /** PNG; null when there is no such declaration any more. */
  image(code: string): Promise<Buffer | null>;
  /** The same in characters, for a terminal. */
  text(code: string): Promise<string | null>;
  verify(token: string): Promise<{ readonly state: QrVerdict; readonly until?: number }>;
}

export interface QrParts extends Pick<DeclarationParts, 'models' | 'index'> {
  /** The declarations of exercises; the only ones where everything is an exercise. */
  readonly training?: DeclarationParts['models'];
  readonly everybody?: boolean;
  readonly tokens: Tokens;
  readonly publicUrl: string;
  readonly now?: () => number;
}

export const createQr = (parts: QrParts): Qr => {
  const { now = Date.now, training } = parts;
  // The token is signed anew each time the QR is drawn, and ends with the declaration.
  const link = async (code: string): Promise<string | null> => {
    const found =
      (await idOfCode(parts, code)) ?? (training && (await idOfCode({ ...parts, models: training }, code)));
    if (!found) return null;
    const token = parts.tokens.sign({ id: found.id, issuedAt: now(), expiresAt: found.validUntil });
    return `${parts.publicUrl}/q/${token}`;
  };
  const isExercise = async (id: string): Promise<boolean> =>
    training !== undefined &&
    (await statusOfDeclaration({ models: training }, id, now())).status !== 'unknown';
  return {
    image: async (code) => {
      const url = await link(code);
      return url === null ? null : qrImage(url);
    },
    text: async (code) => {
      const url = await link(code);
      return url === null ? null : qrText(url);
    },
    verify: async (token) => {
      const read = parts.tokens.verify(token, now());
      if (!read.ok)
        return read.reason === 'expired' ? { state: 'ended', until: read.expiresAt } : { state: 'unknown' };
      const { status, until } = await statusOfDeclaration(parts, read.id, now());
      if (status === 'unknown' ? await isExercise(read.id) : parts.everybody) return { state: 'training' };
      return until === undefined ? { state: status } : { state: status, until };
    },
  };
};
