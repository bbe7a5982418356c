import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);

type At = Partial<Record<'x1' | 'y1' | 'x2' | 'y2' | 'x' | 'y', number>>;
type PathCommand = At & { readonly type: string };

interface Glyph {
  readonly advanceWidth?: number;
  getPath(x: number, y: number, size: number): { readonly commands: readonly PathCommand[] };
}

/** What we use of opentype.js: its own types bring a browser's names into every file. */
interface Font {
  readonly unitsPerEm: number;
  charToGlyphIndex(sign: string): number;
  charToGlyph(sign: string): Glyph;
}

interface OpenType {
  parse(file: ArrayBuffer): Font;
}

export type Weight = 400 | 700;

export interface Text {
  readonly x: number;
  /** Of the line the letters stand on. */
  readonly y: number;
  /** Height of the letters' square in pixels. */
  readonly size: number;
  readonly weight?: Weight;
  readonly anchor?: 'start' | 'middle' | 'end';
}

/** Draws words as the data of an SVG path. */
export type Letters = (words: string, text: Text) => string;

/**
 * Be Vietnam Pro (SIL Open Font License), made for Vietnamese. A fresh machine may have no font at all, so every letter
 * is drawn from these files as an outline. Letters without a mark or with one of Latin-1 stand in the first of the two,
 * all others of Vietnamese in the second.
 */
const filesOf = (weight: Weight): readonly string[] =>
  weight === 400
    ? [
        require.resolve('@fontsource/be-vietnam-pro/files/be-vietnam-pro-latin-400-normal.woff'),
        require.resolve('@fontsource/be-vietnam-pro/files/be-vietnam-pro-vietnamese-400-normal.woff'),
      ]
    : [
        require.resolve('@fontsource/be-vietnam-pro/files/be-vietnam-pro-latin-700-normal.woff'),
        require.resolve('@fontsource/be-vietnam-pro/files/be-vietnam-pro-vietnamese-700-normal.woff'),
      ];

const open = async (weight: Weight): Promise<readonly Font[]> => {
  const { parse } = require('opentype.js') as OpenType;
  const files = await Promise.all(filesOf(weight).map((path) => readFile(path)));
  return files.map((file) => parse(new Uint8Array(file).buffer));
};

const short = (number: number): string => String(Math.round(number * 100) / 100);

/** opentype.js writes numbers next to zero as NaN (2.0.0), so the path is written here. */
const written = ({ type, x1, y1, x2, y2, x, y }: PathCommand): string =>
  type +
  [x1, y1, x2, y2, x, y]
    .filter((one) => one !== undefined)
    .map(short)
    .join(' ');

const START: Readonly<Record<NonNullable<Text['anchor']>, number>> = { start: 0, middle: 0.5, end: 1 };

const lettersOf =
  (fonts: Readonly<Record<Weight, readonly Font[]>>): Letters =>
  (words, { x, y, size, weight = 400, anchor = 'start' }) => {
    const glyphs = [...words.normalize('NFC')].map((sign) => {
      const font = fonts[weight].find((one) => one.charToGlyphIndex(sign) > 0);
      if (font === undefined)
        throw new Error(`the font has no letter U+${sign.codePointAt(0)?.toString(16)}`);
      const glyph = font.charToGlyph(sign);
      return { glyph, wide: ((glyph.advanceWidth ?? 0) * size) / font.unitsPerEm };
    });
    let at = x - START[anchor] * glyphs.reduce((sum, { wide }) => sum + wide, 0);
    return glyphs
      .map(({ glyph, wide }) => {
        const path = glyph.getPath(at, y, size).commands.map(written).join('');
        at += wide;
        return path;
      })
      .join('');
  };

let opened: Promise<Letters> | undefined;

const openAll = async (): Promise<Letters> => {
  const [plain, bold] = await Promise.all([open(400), open(700)]);
  return lettersOf({ 400: plain, 700: bold });
};

/** Opened once, when the first chart is drawn. */
export const openLetters = (): Promise<Letters> => {
  opened ??= openAll();
  return opened;
};
