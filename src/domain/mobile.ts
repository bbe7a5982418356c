import { clean, toneless } from './text.ts';

/** Why a text is no Vietnamese mobile number; each is a sentence of the catalogue, `list.reason.<name>`. */
export type NotMobile =
  | 'empty'
  | 'formula'
  | 'rounded'
  | 'several'
  | 'landline'
  | 'hotline'
  | 'foreign'
  | 'tooShort'
  | 'tooLong'
  | 'notAPhone';

export type Mobile = { readonly phone: string } | { readonly reason: NotMobile };

/**
 * Mobile numbers of eleven digits became ten between 15/9 and 14/11/2018, one to one: the code changed, the last seven
 * digits stayed (plan of the Ministry of Information and Communications of 29/5/2018, under Circular 22/2014/TT-BTTTT:
 * https://gsm.vn/thue-bao-di-dong-11-so-doi-thanh-10-so-nhu-the-nao/). So an old list is read as what it means today.
 */
const SINCE_2018: Readonly<Record<string, string>> = {
  '0120': '070',
  '0121': '079',
  '0122': '077',
  '0126': '076',
  '0128': '078',
  '0123': '083',
  '0124': '084',
  '0125': '085',
  '0127': '081',
  '0129': '082',
  '0162': '032',
  '0163': '033',
  '0164': '034',
  '0165': '035',
  '0166': '036',
  '0167': '037',
  '0168': '038',
  '0169': '039',
  '0186': '056',
  '0188': '058',
  '0199': '059',
};

/** A formula that was never reckoned, or whose result is an error: "=VLOOKUP(…)", "#N/A". */
const FORMULA = /^=|^#(?:N\/A|REF!|VALUE!|NAME\?|DIV\/0!|NULL!|NUM!|SPILL!|CALC!)/;
/** What a spreadsheet makes of a long number before it writes a CSV: the last digits are gone for good. */
const ROUNDED = /^[+-]?\d(?:[.,]\d+)?e\+?\d+$/i;
/** A quantity with decimals: its dot parts no groups of a number that lost its zero. */
const QUANTITY = /^[1-9]\d*\.\d+$/;
/** Words for what follows, as people write them into the cell: "SĐT: 09…", "Di động 09…". */
const LEAD = /^(?:(?:so|sdt|dt|dtdd|dien thoai|di dong|phone|mobile|tel|hotline)[\s:.]*)+(?=[\d+(])/;

const OLD = /^(01\d\d)(\d{7})$/;
const DIGITS = /^\+?\d+$/;

/** The number as it is dialled within the country: with its zero, also when a spreadsheet took it for a quantity. */
const national = (digits: string): string => {
  const local = digits.replace(/^(?:\+|00)840?|^840?(?=\d{9,10}$)/, '0');
  return /^(?:[35789]\d{8}|1[2689]\d{8}|2\d{8,9})$/.test(local) ? `0${local}` : local;
};

const notMobile = (number: string): NotMobile => {
  if (/^02\d{8,9}$/.test(number)) return 'landline';
  if (/^\+|^00[1-9]\d{7}/.test(number)) return 'foreign';
  if (number.length < 10) return 'tooShort';
  return number.length > 10 ? 'tooLong' : 'notAPhone';
};

/** Several numbers in one cell: "0912 345 678 / 0987 654 321". */
const isSeveral = (text: string): boolean => {
  const numbers = text
    .split(/[/,;|\n]| - | va | hoac /)
    .filter((part) => /\d{9}/.test(part.replace(/\D/g, '')));
  return numbers.length > 1 || /^(?:0\d{9}\s+)+0\d{9}$/.test(text);
};

/**
 * A cell that should hold a Vietnamese mobile number, in E.164 ("+84912345678"), or why it holds none. Circular
 * 22/2014/TT-BTTTT as changed in 2018: mobiles are 03, 05, 07, 08 or 09 and eight digits.
 */
export const readMobile = (cell: string): Mobile => {
  const text = toneless(clean(cell)).replace(/^'/, '');
  if (text === '') return { reason: 'empty' };
  if (FORMULA.test(clean(cell))) return { reason: 'formula' };
  if (ROUNDED.test(text)) return { reason: 'rounded' };
  if (isSeveral(text)) return { reason: 'several' };
  // "912345678.0": written by a program that took it for a number.
  const bare = text.replace(LEAD, '').replace(/^(\d+)[.,]0+$/, '$1');
  if (QUANTITY.test(bare)) return { reason: 'notAPhone' };
  const digits = bare.replace(/[\s().\u2010-\u2015-]/g, '');
  if (!DIGITS.test(digits)) return { reason: 'notAPhone' };
  if (/^1[89]00\d{4,6}$/.test(digits)) return { reason: 'hotline' };
  const number = national(digits);
  const old = OLD.exec(number);
  const code = old === null ? undefined : SINCE_2018[old[1] ?? ''];
  if (code !== undefined) return { phone: `+84${code.slice(1)}${old?.[2]}` };
  return /^0[35789]\d{8}$/.test(number) ? { phone: `+84${number.slice(1)}` } : { reason: notMobile(number) };
};
