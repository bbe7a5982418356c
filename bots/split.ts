/** Where a text may end, the best place first: a paragraph, a line, a sentence, a word. */
const ENDS = [/\n\n/g, /\n/g, /[.!?…;] /g, / /g];

/** A text that uses less of its room than this is better cut at a lesser place. */
const LEAST_FULL = 0.5;

const lastEnd = (text: string, end: RegExp): number => {
  let at = 0;
  for (const match of text.matchAll(end)) at = match.index + match[0].length;
  return at;
};

/**
 * The longest sign anybody means (a family of four, each with a skin colour, has 19 code units). What goes on for longer is
 * made to hurt: stepping over all of it would leave parts of one letter each.
 */
const LONGEST_SIGN = 64;

const JOINS = /^(?:[\uDC00-\uDFFF]|\p{M}|\u200d|\p{Emoji_Modifier})/u;
const joinsAt = (text: string, at: number): boolean =>
  JOINS.test(text.slice(at, at + 2)) || text[at - 1] === '\u200d';

const endsInHalf = (text: string, at: number): boolean => /[\uD800-\uDBFF]/.test(text.charAt(at - 1));

/** The last place where no sign is torn apart: no half of a pair, no letter without the mark that follows it. */
const betweenSigns = (text: string, limit: number): number => {
  const least = Math.max(1, limit - LONGEST_SIGN);
  let at = limit;
  while (at > least && joinsAt(text, at)) at -= 1;
  if (joinsAt(text, at)) at = limit;
  return endsInHalf(text, at) ? at - 1 : at;
};

const cut = (text: string, limit: number): number => {
  const head = text.slice(0, limit + 1);
  const ends = ENDS.map((end) => lastEnd(head, end)).filter((at) => at <= limit + 1);
  return ends.find((at) => at >= limit * LEAST_FULL) ?? betweenSigns(text, limit);
};

/** A text in parts of at most `limit` UTF-16 code units, cut where a reader would pause. Nothing but blanks is lost. */
export const splitText = (text: string, limit: number): readonly string[] => {
  const parts: string[] = [];
  let rest = text.trim();
  while (rest.length > limit) {
    const at = Math.max(1, cut(rest, limit));
    parts.push(rest.slice(0, at).trimEnd());
    rest = rest.slice(at).trimStart();
  }
  return rest === '' ? parts : [...parts, rest];
};
