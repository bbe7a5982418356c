import { septets } from './gsm7.ts';

export type Encoding = 'gsm7' | 'ucs2';

export interface Sms {
  /** The text in NFC: what is counted is what must be sent. */
  readonly text: string;
  readonly encoding: Encoding;
  /** What is paid for; 0 only for an empty text, which nobody sends. */
  readonly segments: number;
  /** The text of each segment; together they are `text`. */
  readonly parts: readonly string[];
}

/**
 * What fits into a message of one segment, and into each segment of a longer one: there a header of six octets (8-bit
 * reference) takes seven septets or three letters of UCS-2. 3GPP TS 23.040, 9.2.3.24.1.
 */
const ROOM: Readonly<Record<Encoding, { readonly single: number; readonly part: number }>> = {
  gsm7: { single: 160, part: 153 },
  ucs2: { single: 70, part: 67 },
};

/** One character is one code point: neither an escape and its letter nor the halves of an emoji are ever cut. */
const unitsOf = (char: string, encoding: Encoding): number =>
  encoding === 'gsm7' ? (septets(char) ?? Number.POSITIVE_INFINITY) : char.length;

/** Characters into parts of at most `room` units each, as full as they can be. */
const packed = (chars: readonly string[], encoding: Encoding, room: number): string[] => {
  const parts: string[] = [];
  let part = '';
  let used = 0;
  for (const char of chars) {
    const units = unitsOf(char, encoding);
    if (used + units > room) {
      parts.push(part);
      part = '';
      used = 0;
    }
    part += char;
    used += units;
  }
  return part === '' ? parts : [...parts, part];
};

/**
 * A text as it goes out by SMS. It is put into NFC first: the same 89 letters are 110 code units when their marks stand
 * apart, which is a segment more.
 */
export const smsOf = (raw: string): Sms => {
  const text = raw.normalize('NFC');
  const chars = [...text];
  const encoding = chars.every((char) => septets(char) !== undefined) ? 'gsm7' : 'ucs2';
  const { single, part } = ROOM[encoding];
  const whole = packed(chars, encoding, single);
  const parts = whole.length <= 1 ? whole : packed(chars, encoding, part);
  return { text, encoding, segments: parts.length, parts };
};
