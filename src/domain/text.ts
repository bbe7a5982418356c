/**
 * What people type, made comparable. Phones send letters composed or decomposed, digits full-width or in
 * keycaps, invisible joiners; none of that is meaning.
 */

/** Joiners, variation selectors, the box of a keycap, the skin tone of an emoji. */
const INVISIBLE = /\p{Cf}|\p{EMod}|\uFE0E|\uFE0F|\u20E3/gu;
const PICTURE = /\p{Extended_Pictographic}|\p{RI}/gu;
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

/** Without the pictures around words ("có 👍"); a picture alone is an answer and stays. */
export const withoutPictures = (raw: string): string => {
  const words = raw.replace(PICTURE, ' ');
  return /[\p{L}\p{Nd}]/u.test(words) ? words : raw;
};

/** What stands around a word and says nothing, as phones write it too: … “ ” –. */
const ENDS = /^[\s.,!?;:"'()*~…“”‘’–—-]+|[\s.,!?;:"'()*~…“”‘’–—-]+$/g;

/** With the last result at hand: what somebody typed is compared with many things, one after the other. */
const remembering = (work: (raw: string) => string) => {
  let last = { raw: '', result: work('') };
  return (raw: string): string => {
    if (raw !== last.raw) last = { raw, result: work(raw) };
    return last.result;
  };
};

/** Lower case with its marks, punctuation at the ends gone: to tell "hủy" (cancel) from "Huy" (a name). */
export const foldMarked = remembering((raw) =>
  clean(withoutPictures(raw)).toLowerCase().replace(/\s+/g, ' ').replace(ENDS, ''),
);

/** The form words are compared in: the same without its marks. */
export const fold = remembering((raw) => toneless(foldMarked(raw)));
