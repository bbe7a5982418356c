import { readIdNumber, type Sex } from './number.ts';

/** What the QR of a citizen card (CCCD, since July 2024 Căn cước) says. It is not signed: it proves nothing. */
export interface CitizenCard {
  /** 12 digits. */
  readonly idNumber: string;
  /** The CMND it replaced, 9 digits, or a former number of 12. */
  readonly oldIdNumber?: string;
  /** As printed, in NFC, single spaces. */
  readonly name: string;
  /** YYYY-MM-DD, a day that exists. */
  readonly born: string;
  readonly sex: Sex;
  /** Place of residence, one line as printed; empty when the QR has none. */
  readonly residence: string;
  /** YYYY-MM-DD; absent when the QR has none, or one that cannot be. */
  readonly issued?: string;
  /** The number agrees with sex and year of birth. False is a reason to look twice, not to refuse. */
  readonly consistent: boolean;
}

/** The longest card seen has some 250 characters; a QR can hold 4,296, and none of those is a card. */
export const CARD_TEXT_MAX = 1_000;
/** The longest name a birth may be registered under is far shorter; this only keeps nonsense out. */
const NAME_MAX = 100;

const ID_NUMBER = /^\d{12}$/;
const OLD_NUMBER = /^(\d{9}|\d{12})$/;
const DATE = /^(\d{2})([/.-]?)(\d{2})\2(\d{4})$/;
const NAME = /^\p{L}[\p{L}\p{M} .'’-]*$/u;

const SEXES: Readonly<Record<string, Sex>> = {
  nam: 'male',
  nữ: 'female',
  nu: 'female',
  khác: 'other',
  khac: 'other',
};

/**
 * Null when the text is not that of a citizen card: no 12-digit number, name, possible date of birth or sex.
 *
 * Fields stand between bars. There is no official specification, and the variants differ in which fields are there:
 * `number|old number|name|DDMMYYYY|Nam|residence|DDMMYYYY`, with an empty old number or without that field, dates as
 * DD/MM/YYYY, parents' names after an empty field on the newer card. So a field is known by its shape and its side of
 * the pair "date of birth, sex", which all of them have; what comes after the day of issue is not read.
 */
export function parseCard(text: string): CitizenCard | null {
  if (text.length > CARD_TEXT_MAX) return null;
  const fields = text.split('|').map(tidy);
  const sexAt = fields.findIndex(
    (field, at) => sexOf(field) !== undefined && DATE.test(fields[at - 1] ?? ''),
  );
  const born = dateOf(fields[sexAt - 1]);
  const sex = sexOf(fields[sexAt]);
  const before = fields.slice(0, Math.max(sexAt - 1, 0));
  const idNumber = before.find((field) => ID_NUMBER.test(field));
  const name = before.findLast((field) => NAME.test(field));
  if (!born || !sex || !idNumber || !name || name.length > NAME_MAX) return null;
  const oldIdNumber = before.find((field) => field !== idNumber && OLD_NUMBER.test(field));
  return {
    idNumber,
    ...(oldIdNumber && { oldIdNumber }),
    name,
    born,
    sex,
    ...readTail(fields.slice(sexAt + 1), born),
    consistent: agrees(idNumber, born, sex),
  };
}

/** What follows the sex: the residence, then the day of issue. */
function readTail(tail: readonly string[], born: string): Pick<CitizenCard, 'residence' | 'issued'> {
  const [first = ''] = tail;
  const residence = DATE.test(first) ? '' : first;
  const issued = dateOf(tail.find((field) => DATE.test(field)));
  return { residence, ...(issued && issued >= born && { issued }) };
}

function agrees(idNumber: string, born: string, sex: Sex): boolean {
  const facts = readIdNumber(idNumber);
  return (
    facts !== null && facts.birthYear === Number(born.slice(0, 4)) && (sex === 'other' || facts.sex === sex)
  );
}

/** One line in NFC: scanners and phones deliver NFD, line ends and invisible marks. */
function tidy(field: string): string {
  return field
    .normalize('NFC')
    .replace(/\p{Cf}/gu, '')
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim();
}

function sexOf(field: string | undefined): Sex | undefined {
  const word = field?.toLowerCase() ?? '';
  return Object.hasOwn(SEXES, word) ? SEXES[word] : undefined;
}

/** YYYY-MM-DD, or null when the field is no date or no such day exists. Years outside 1900–2099 are misreadings. */
function dateOf(field: string | undefined): string | null {
  const [, day, , month, year] = DATE.exec(field ?? '') ?? [];
  if (!day || !month || !year || year < '1900' || year > '2099') return null;
  const date = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)));
  const exists = date.getUTCDate() === Number(day) && date.getUTCMonth() === Number(month) - 1;
  return exists ? date.toISOString().slice(0, 10) : null;
}
