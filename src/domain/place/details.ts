/** Which words of a text are house, street, village, or mere filler. */
import { spellingOf, type Token } from './tokens.ts';
import { isNumber, isWord, type WordClass } from './words.ts';

export function is(kind: WordClass, token: Token | undefined): boolean {
  return token !== undefined && isWord(token, kind);
}

export function isVillage(tokens: readonly Token[], at: number): boolean {
  return is('village', tokens[at]) || isWord(spellingOf(tokens, at, at + 2), 'landmark');
}

export function startsDetail(tokens: readonly Token[], at: number): boolean {
  return isVillage(tokens, at) || is('street', tokens[at]) || isNumber(tokens[at]);
}

/** Do the words before `at` say that a village or landmark of the following name is meant? "bản", "bệnh viện" */
export function endsInVillage(tokens: readonly Token[], at: number): boolean {
  return is('village', tokens[at - 1]) || isWord(spellingOf(tokens, at - 2, at), 'landmark');
}

/** Where the words after leading fillers begin: "nhà em ở bản A" → "bản A". */
export function skipLeading(tokens: readonly Token[], from: number, to: number): number {
  let at = from;
  while (at < to && is('leading', tokens[at]) && !startsDetail(tokens, at)) at += 1;
  return at;
}

export function endBefore(
  kind: 'joining' | 'ending',
  tokens: readonly Token[],
  from: number,
  to: number,
): number {
  let at = to;
  while (at > from && is(kind, tokens[at - 1])) at -= 1;
  return at;
}

/** "12 Trần Phú" is a house in a street; "tổ 5 Đoàn Kết" is not, its number belongs to the word before. */
export function isHouseNumber(tokens: readonly Token[], at: number): boolean {
  return isNumber(tokens[at]) && !isVillage(tokens, at - 1);
}
