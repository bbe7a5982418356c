/**
 * How a Vietnamese word is compared. A word is three strings of the same length, one character per letter:
 * its bare letters, the marks that make another letter (ă â ê ô ơ ư đ) and the tones. A tone belongs to its group of
 * vowels, not to one of them, so "hoá" equals "hóa"; a final y after a consonant is i, so "Ly" equals "Li".
 */
export interface Spelling {
  readonly bare: string;
  readonly marks: string;
  readonly tones: string;
}

/** exact: same marks; plain: no mark typed at all; part: some marks left out; clash: another mark typed. */
export type Fit = 'exact' | 'plain' | 'part' | 'clash';

const MARKS: Readonly<Record<string, string>> = { '\u0302': '^', '\u0306': '(', '\u031b': '+' };
const TONES: Readonly<Record<string, string>> = {
  '\u0300': 'f',
  '\u0301': 's',
  '\u0303': 'x',
  '\u0309': 'r',
  '\u0323': 'j',
};
const NO_MARKS = /^\.*$/;

interface Letters {
  bare: string[];
  marks: string[];
  tones: string[];
  /** where the group of vowels being read starts, or -1 */
  group: number;
}

function addTone(letters: Letters, tone: string): void {
  const { tones, group } = letters;
  let at = Math.max(group, 0);
  while (at < tones.length - 1 && tones[at] !== '.') at += 1;
  if (tones.length > 0) tones[at] = tone;
}

function isLetter(char: string): boolean {
  return (char >= 'a' && char <= 'z') || char === 'đ' || (char >= '0' && char <= '9');
}

function addLetter(letters: Letters, char: string): void {
  const vowel = 'aeiouy'.includes(char);
  if (!vowel) letters.group = -1;
  else if (letters.group < 0) letters.group = letters.bare.length;
  letters.bare.push(char === 'đ' ? 'd' : char);
  letters.marks.push(char === 'đ' ? '-' : '.');
  letters.tones.push('.');
}

function foldFinalY(bare: string[]): void {
  const last = bare.length - 1;
  const before = bare[last - 1];
  const afterQ = before === 'u' && bare[last - 2] === 'q';
  if (bare[last] === 'y' && before !== undefined && (afterQ || !'aeiouy'.includes(before))) bare[last] = 'i';
}

/** One word (syllable, or several written together) of letters and digits; anything else in it is dropped. */
export function spell(word: string): Spelling {
  const letters: Letters = { bare: [], marks: [], tones: [], group: -1 };
  for (const char of word.toLowerCase().normalize('NFD')) {
    const tone = TONES[char];
    const mark = MARKS[char];
    if (tone) addTone(letters, tone);
    else if (mark && letters.marks.length > 0) letters.marks[letters.marks.length - 1] = mark;
    else if (isLetter(char)) addLetter(letters, char);
  }
  foldFinalY(letters.bare);
  return { bare: letters.bare.join(''), marks: letters.marks.join(''), tones: letters.tones.join('') };
}

/** A name of several words. Written together or apart it is the same: "sinho" is "Sìn Hồ" without marks. */
export function spellName(name: string): Spelling {
  return joinSpellings(name.split(/[^\p{L}\p{M}\p{N}'’]+/u).map(spell));
}

export function joinSpellings(words: readonly Spelling[]): Spelling {
  let [bare, marks, tones] = ['', '', ''];
  for (const word of words) {
    bare += word.bare;
    marks += word.marks;
    tones += word.tones;
  }
  return { bare, marks, tones };
}

/** The same letters as somebody types them who leaves all marks out. */
export function withoutMarks(bare: string): Spelling {
  const none = '.'.repeat(bare.length);
  return { bare, marks: none, tones: none };
}

export function isPlain(word: Spelling): boolean {
  return NO_MARKS.test(word.marks) && NO_MARKS.test(word.tones);
}

function leavesOut(asked: string, known: string): boolean {
  for (let at = 0; at < asked.length; at += 1) if (asked[at] !== '.' && asked[at] !== known[at]) return false;
  return true;
}

/** How the marks of what was typed fit a name with the same bare letters. */
export function marksFit(asked: Spelling, known: Spelling): Fit {
  if (asked.marks === known.marks && asked.tones === known.tones) return 'exact';
  if (isPlain(asked)) return 'plain';
  return leavesOut(asked.marks, known.marks) && leavesOut(asked.tones, known.tones) ? 'part' : 'clash';
}
