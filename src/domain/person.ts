import { ok, type Parsed, problem } from './parsed.ts';
import { clean, foldMarked, withoutPictures } from './text.ts';

/** Letters of any script, marks, and what stands in names: space, hyphen, apostrophe, point. */
const NAME = /^\p{L}[\p{L}\p{M} '’.-]*$/u;
const MAX_NAME = 80;

/**
 * "bản Nà Cang" is where somebody lives. With its marks only: "Bàn" and "Phương" are names of families here, and who
 * writes none may be called so.
 */
const PLACE_FIRST = /^(?:bản|xã|phường|thôn|xóm|tổ|ấp|huyện|tỉnh|quận|thị trấn|thị xã|thành phố) \S/;
export const startsAsPlace = (raw: string): boolean => PLACE_FIRST.test(foldMarked(raw));

/** Words that are answers to something else, not names. */
const NOT_A_NAME =
  /^(?:không|khong|ko|có|co|yes|no|ok|(?:không|ko|k) (?:có|biết|rõ)|(?:khong|ko|k) (?:co|biet|ro)|sửa|quay lại|chưa|chua|xong|none|test|asdf|abc)$/i;

const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1).toLowerCase();

/** Letters whose capital is one letter and goes back to it; in other scripts case is not ours to change. */
const TWO_CASES = /^[A-Za-zÀ-ÖØ-Þà-öø-þĂăĐđĨĩŨũƠơƯưẠ-ỹ '’.-]+$/;

/** "NGUYỄN VĂN AN" and "nguyễn văn an" become "Nguyễn Văn An"; mixed writing is left as it is. */
export const writeName = (name: string): string => {
  const plain = TWO_CASES.test(name) && (name === name.toUpperCase() || name === name.toLowerCase());
  return plain ? name.split(' ').map(capital).join(' ') : name;
};

/** A full name of at least two words; people with one name exist, so one word is taken if it has two letters. */
export const parseName = (raw: string): Parsed<string> => {
  const name = clean(withoutPictures(raw))
    .replace(/\s+/g, ' ')
    .replace(
      /^(?:(?:dạ|em|tôi) )*(?:(?:tôi|em|cháu) (?:là|tên(?: là)?)|(?:họ )?tên(?: tôi)?(?: là)?|my name is|i am):? /i,
      '',
    )
    .replace(/(?: (?:ạ|nhé|nha))?[\s,.;]*$/, '');
  if (name.length < 2 || name.length > MAX_NAME || !NAME.test(name) || NOT_A_NAME.test(name))
    return problem('problem.name');
  return ok(writeName(name));
};

/** What stands before a number and says nothing more: "CCCD: 012…", "số căn cước 012…". */
const ID_LEAD = /^(?:\p{L}{2,}[\s:.]+)+|^(?:cccd|cmnd|cmt)(?=\d)/iu;

/** Citizen card: 12 digits; identity card before 2016: 9. Spaces, points and hyphens are forgiven. */
export const parseNationalId = (raw: string): Parsed<string> => {
  const digits = clean(raw)
    .replace(ID_LEAD, '')
    .replace(/[\s.-]/g, '');
  return /^(?:\d{12}|\d{9})$/.test(digits) ? ok(digits) : problem('problem.nationalId');
};

/** ICAO 9303: up to 9 letters and digits; every country in use has at least 6, one of them a digit. */
export const parsePassport = (raw: string): Parsed<string> => {
  const number = clean(raw)
    .replace(/^(?:(?:số|so) )?(?:hộ chiếu|ho chieu|hc|passport)(?: (?:số|so|no\.?|number))?[\s:.]+/i, '')
    .toUpperCase()
    .replace(/[\s.-]/g, '');
  return /^(?=.*\d)[A-Z0-9]{6,9}$/.test(number) ? ok(number) : problem('problem.passport');
};

/** A note in the person's own words. */
export const parseNote = (raw: string): Parsed<string> => {
  const note = clean(raw);
  return note.length >= 2 ? ok(note) : problem('problem.note');
};
