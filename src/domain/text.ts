/**
 * What people type, made comparable. Phones send letters composed or decomposed, digits full-width or in
 * keycaps, invisible joiners; none of that is meaning.
 */

const INVISIBLE = /\p{Cf}|\uFE0E|\uFE0F|\u20E3/gu;
const CONTROL = /(?![\n\t])\p{Cc}/gu;

/** NFC, without control and invisible characters, spaces single, ends trimmed. Line breaks stay. */
export const clean = (raw: string): string =>
  raw
    .replace(/[\uFF10-\uFF19]/g, (digit) => String.fromCharCode(digit.charCodeAt(0) - 0xfee0))
    .replace(INVISIBLE, '')
    .replace(CONTROL, ' ')
    .normalize('NFC')
    .replace(/[^\S\n]+/g, ' ')
    .replace(/ ?\n ?/g, '\n')
    .trim();

/** Lower case, without tone and vowel marks: "Không" → "khong", "Đắk" → "dak". */
export const toneless = (raw: string): string =>
  raw
    .normalize('NFD')
    .replace(/\p{Mn}/gu, '')
    .replace(/[đĐ]/g, 'd')
    .toLowerCase();

/** The form words are compared in: clean, toneless, punctuation at the ends gone. */
export const fold = (raw: string): string =>
  toneless(clean(raw))
    .replace(/\s+/g, ' ')
    .replace(/^[\s.,!?;:"'()*-]+|[\s.,!?;:"'()*-]+$/g, '');

/** Lower case with its marks, ends as in `fold`: to tell "hủy" (cancel) from "Huy" (a name). */
export const foldMarked = (raw: string): string =>
  clean(raw)
    .toLowerCase()
    .replace(/\s+/g, ' ')
    .replace(/^[\s.,!?;:"'()*-]+|[\s.,!?;:"'()*-]+$/g, '');
