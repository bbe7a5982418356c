import { clean, fold, foldMarked, toneless } from '../../domain/text.ts';

const DIGIT_WORDS = ['khong', 'mot', 'hai', 'ba', 'bon', 'nam', 'sau', 'bay', 'tam', 'chin', 'muoi'];
const ENGLISH = ['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten'];

/**
 * A number with what people put around it: "37,5 độ", "2 người", "ba". Comma and point both are decimal; before
 * exactly three digits they group thousands.
 */
export const parseNumber = (raw: string): number | null => {
  const text = fold(raw);
  const word = Math.max(DIGIT_WORDS.indexOf(text), ENGLISH.indexOf(text));
  if (word >= 0) return word;
  const match = /^[^\d-]{0,20}(-?\d{1,9}(?:[.,]\d{1,4})?)[^\d]{0,20}$/.exec(toneless(clean(raw)));
  if (match?.[1] === undefined) return null;
  return Number(match[1].replace(/[.,](?=\d{3}$)/, '').replace(',', '.'));
};

/** Old and new writings of a number in one: E.164, "+84912345678". */
export const parsePhone = (raw: string): string | null => {
  const digits = clean(raw)
    .replace(/^[^\d+]{0,20}|(?<=\d)[^\d+]{0,20}$/g, '')
    .replace(/[\s().-]/g, '');
  const national = digits.replace(/^(?:\+|00)?840?(?=\d{9,10}$)/, '0');
  // Circular 22/2014/TT-BTTTT as changed in 2018: mobiles 03, 05, 07, 08, 09 + 8 digits; landlines 02 + 8 or 9.
  if (/^0(?:[35789]\d{8}|2\d{8,9})$/.test(national)) return `+84${national.slice(1)}`;
  // E.164 allows 15 digits; below 8 no country has subscribers.
  return /^(?:\+|00)(?!84)[1-9]\d{7,14}$/.test(digits) ? `+${digits.replace(/^(?:\+|00)/, '')}` : null;
};

/** The number that somebody typed instead of pressing a button: "2", "2.", "số 2", "2️⃣". From 1. */
export const parseOrdinal = (raw: string): number | null => {
  const match = /^(?:so |chon |muc |cau |#)?(\d{1,3})[.)]?$/.exec(fold(raw));
  return match?.[1] === undefined ? null : Number(match[1]);
};

/** The parts of an answer that names several things: "sốt, ho", "1 3", "ho và sốt". */
export const parseParts = (raw: string): readonly string[] => {
  const text = foldMarked(raw.replace(/\n/g, ','));
  const parts = /^[\d\s,;.+]+$/.test(text)
    ? text.split(/[\s,;.+]+/)
    : text.split(/[,;+/]| và | va | and | với | voi /);
  return parts.map((part) => part.trim()).filter((part) => part !== '');
};
