/** A text as words with what stands between them; positions lead back to the text as it was typed. */
import { joinSpellings, type Spelling, spell, withoutMarks } from './spelling.ts';

/** hard: a comma or the like, no name goes across it; soft: a hyphen, which names have too ("Bà Rịa - Vũng Tàu"). */
type Gap = 'none' | 'soft' | 'hard';

export interface Token extends Spelling {
  readonly start: number;
  readonly end: number;
  /** what stands before the word */
  readonly gap: Gap;
  /** words of the original text in it: more than 1 where a misspelt name was put right */
  readonly words: number;
}

export interface Text {
  readonly raw: string;
  readonly tokens: readonly Token[];
}

/** The longest official address of three levels has 66 characters and 14 words: room enough for house and village. */
const MAX_CHARS = 300;
const MAX_TOKENS = 40;
/** A word or a run of digits (so "P12" is two), a hyphen, another separator. */
const PIECE = /([\p{L}\p{M}'’]+|\p{Nd}+)|([-–—])|[,;:\n\r/|()[\]>+]/gu;
const LEADING_ZEROS = /^0+(?=\d)/;

export function tokenise(text: string): Text {
  const raw = text.slice(0, MAX_CHARS).normalize('NFC');
  const tokens: Token[] = [];
  let gap: Gap = 'none';
  for (const { 0: piece, 1: word, 2: hyphen, index: start } of raw.matchAll(PIECE)) {
    if (word === undefined) {
      if (gap !== 'hard') gap = hyphen === undefined ? 'hard' : 'soft';
      continue;
    }
    const { bare, marks, tones } = spell(word.startsWith('0') ? word.replace(LEADING_ZEROS, '') : word);
    if (bare === '') continue;
    tokens.push({ bare, marks, tones, start, end: start + piece.length, gap, words: 1 });
    gap = 'none';
    if (tokens.length === MAX_TOKENS) break;
  }
  return { raw, tokens };
}

export function spellingOf(tokens: readonly Token[], from: number, to: number): Spelling {
  return joinSpellings(tokens.slice(from, to));
}

/** The text from one token to another (exclusive), without the punctuation around it. */
export function textOf({ raw, tokens }: Text, from: number, to: number): string {
  const first = tokens[from];
  const last = tokens[to - 1];
  return first && last && from < to ? raw.slice(first.start, last.end) : '';
}

/** The same text with the words from..to put right: one token with the bare letters of the name meant. */
export function putRight({ raw, tokens }: Text, from: number, to: number, bare: string): Text {
  const [first, last] = [tokens[from], tokens[to - 1]];
  if (!first || !last) return { raw, tokens };
  const words = tokens.slice(from, to).reduce((sum, token) => sum + token.words, 0);
  const right: Token = { ...withoutMarks(bare), start: first.start, end: last.end, gap: first.gap, words };
  return { raw, tokens: [...tokens.slice(0, from), right, ...tokens.slice(to)] };
}
