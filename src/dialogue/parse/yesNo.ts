import { foldMarked, toneless } from '../../domain/text.ts';
import { spellOut } from './shortForms.ts';

const YES = [
  'có, có chứ, có rồi, c, đúng, đúng vậy, đúng rồi, chính xác, vâng, dạ, ừ, ừa, ừm, u, uh, uhm, um, phải',
  'phải rồi, rồi, được, đc, dc, đồng ý, ok, okay, oke, okie, yes, y, yep, yeah, true, right, sure',
  '👍, ✅, ✔, 👌, 🆗',
];
const NO = [
  'không, không có, không có gì, không phải, không đúng, chưa, chưa có, chưa đúng, sai, sai rồi, ko, k, kh, kg, kô, khum',
  'hông, hổng, hỏng, hong, hok, hem, 0, no, n, nope, none, false, never',
  '👎, ❌, ✖, 🚫, 🙅',
];
/** At a question that may be left open: there is nothing to answer, or it is not known. */
const NOTHING = [
  'bỏ qua, skip, không có số, không có điện thoại, không có ghế, không biết, không bt, chưa biết, không nhớ, không rõ, chưa rõ, quên, quên rồi, không còn',
  "không còn nữa, hết, hết rồi, thôi, xong, không đi đâu, không đi, nothing, no more, unknown, do not know, don't know, dont know, not sure",
];

interface Words {
  readonly marked: ReadonlySet<string>;
  readonly bare: ReadonlySet<string>;
}

const wordsOf = (lists: readonly string[]): Words => {
  const words = lists.join(', ').split(', ');
  return { marked: new Set(words), bare: new Set(words.map(toneless)) };
};

const [yes, no, nothing] = [wordsOf(YES), wordsOf(NO), wordsOf(NOTHING)];

/** Who writes marks means them: "họng" (throat) is not "hổng" (no); who writes none is taken by the letters. */
const among = ({ marked, bare }: Words, word: string): boolean =>
  marked.has(word) || (word === toneless(word) && bare.has(word));

/** Politeness around an answer: "dạ không ạ", "có nhé". */
const BEFORE = /^(?:dạ|da|vâng|vang|thưa|thua) (?=.)/;
const AFTER = / (?:ạ|à|nhé|nha|nhen|thưa|em|anh|chị|đâu|a|ah|nhe|thua|chi)$/;

const bareAnswer = (raw: string): string => spellOut(foldMarked(raw).replace(AFTER, '').replace(BEFORE, ''));

/** "Không", "ko", "k", "0", "no", "dạ có ạ", 👍 … Returns null when it is neither yes nor no. */
export const parseYesNo = (raw: string): boolean | null => {
  const word = bareAnswer(raw);
  if (among(yes, word)) return true;
  return among(no, word) ? false : null;
};

/** "Không", "không biết", "hết": somebody has nothing to say to a question that can be skipped. */
export const meansNothing = (raw: string): boolean =>
  parseYesNo(raw) === false || among(nothing, bareAnswer(raw));
