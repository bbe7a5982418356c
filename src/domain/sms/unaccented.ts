/** The marks of Vietnamese: grave, acute, circumflex, tilde, breve, hook above, horn, dot below. */
const MARKS = /[\u0300-\u0303\u0306\u0309\u031B\u0323]/g;
const VOWEL_WITH_MARKS = /([aeiouy])(\p{Mn}+)/giu;

/** Characters that are one step from GSM 03.38: typography, what old fonts wrote for đ, what stands in notices. */
const PLAIN: ReadonlyMap<string, string> = new Map([
  ...[...'đð'].map((char) => [char, 'd'] as const),
  ...[...'ĐÐƉ'].map((char) => [char, 'D'] as const),
  ...[...'‐‑‒–—―−•·'].map((char) => [char, '-'] as const),
  ...[...'“”„‟«»″'].map((char) => [char, '"'] as const),
  ...[...'‘’‚‛′`´'].map((char) => [char, "'"] as const),
  // "38°C" is written "38oC" where there is no degree sign.
  ...[...'°º'].map((char) => [char, 'o'] as const),
  ['…', '...'],
  ['×', 'x'],
  ['²', '2'],
  ['³', '3'],
  ['≥', '>='],
  ['≤', '<='],
  ['→', '->'],
  ['₫', 'd'],
]);

/** Spaces of every width, and the tab: only the common one is in GSM 03.38. */
const SPACE = /[\t\p{Zs}]/gu;
/** Nobody sees them, and one of them makes the whole message UCS-2: soft hyphen, zero widths, directions, BOM. */
const UNSEEN = /[\u00AD\u200B-\u200F\u202A-\u202E\u2060\u2066-\u2069\uFEFF]/g;

/**
 * Vietnamese as it is sent where marks cost double: "Đề nghị khai báo y tế…" → "De nghi khai bao y te...". Letters of
 * other languages and pictures are left as they are. Gives NFC; doing it twice changes nothing.
 */
export const unaccented = (text: string): string =>
  text
    .normalize('NFC')
    .replace(UNSEEN, '')
    .replace(SPACE, ' ')
    .replace(/\r\n?/g, '\n')
    .replace(/./gsu, (char) => PLAIN.get(char) ?? char)
    .normalize('NFD')
    .replace(VOWEL_WITH_MARKS, (_, vowel: string, marks: string) => vowel + marks.replace(MARKS, ''))
    .normalize('NFC');
