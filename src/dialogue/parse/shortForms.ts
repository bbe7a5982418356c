import { toneless } from '../../domain/text.ts';

/**
 * What thumbs shorten, as it is said aloud. Only beside other words: alone "k" is an answer of its own, "e" a letter of
 * a list. "hong" is not among them: it is a throat as often as a "không".
 */
const SHORT: ReadonlyMap<string, string> = new Map([
  ['ko', 'không'],
  ['k', 'không'],
  ['kh', 'không'],
  ['kg', 'không'],
  ['kô', 'không'],
  ['hok', 'không'],
  ['khg', 'không'],
  ['đc', 'được'],
  ['dc', 'được'],
  ['đk', 'được'],
  ['bit', 'biết'],
  ['j', 'gì'],
  ['r', 'rồi'],
  ['ng', 'người'],
  ['vs', 'với'],
]);

/**
 * "ko co the" → "khong co the", "ko có thẻ" → "không có thẻ". Who writes no marks gets none: what is compared by its
 * marks must not gain any.
 * @param text folded, with or without its marks
 */
export const spellOut = (text: string): string => {
  if (!text.includes(' ')) return text;
  const bare = text === toneless(text);
  const whole = (word: string): string => {
    const found = SHORT.get(word);
    if (found === undefined) return word;
    return bare ? toneless(found) : found;
  };
  return text.split(' ').map(whole).join(' ');
};
