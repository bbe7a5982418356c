/** The words around the names in an address. Another mark makes another word ("xã" ≠ "Xá"). */
import { marksFit, type Spelling, spellName } from './spelling.ts';

/** A word for a kind of unit, and the types in the data that it can stand for. */
export interface TypeWord {
  readonly types: readonly string[];
  /** how many words it took in the text */
  readonly words: number;
}

const BEFORE: Readonly<Record<string, readonly string[]>> = {
  tỉnh: ['tỉnh', 't'],
  'thành phố': ['thành phố', 'tp'],
  'thị xã': ['thị xã', 'tx'],
  'thị trấn': ['thị trấn', 'tt', 'ttr'],
  quận: ['quận', 'q'],
  huyện: ['huyện', 'h'],
  phường: ['phường', 'p', 'f'],
  xã: ['xã', 'x'],
  'đặc khu': ['đặc khu'],
};

/** English puts it after the name: "Sin Ho commune", "Hanoi city". */
const AFTER: Readonly<Record<string, readonly string[]>> = {
  province: ['tỉnh'],
  city: ['thành phố'],
  town: ['thị trấn', 'thị xã'],
  township: ['thị trấn'],
  district: ['huyện', 'quận', 'thị xã', 'thành phố'],
  ward: ['phường'],
  commune: ['xã'],
  'special zone': ['đặc khu'],
};

/** What follows one of these is a village or a part of one, with or without a number of its own. */
const VILLAGE =
  'bản thôn xóm ấp tổ khu khóm đội buôn làng plei khối cụm tdp chợ ubnd hamlet village group near';
/** … or a landmark; one word of these may begin a name ("Trường Sinh", "Lâm Đồng"). */
const LANDMARKS = [
  'tiểu khu|bến xe|cửa khẩu|cửa hàng|chung cư|công ty|bệnh viện|khách sạn|nhà nghỉ|nhà máy|nhà văn|nông trường|lâm trường',
  'ủy ban|trạm y|trạm xá|trường học|trường tiểu|trường mầm|trường thpt|trường thcs|trường dân',
].join('|');
/** What follows one of these is a street: never the commune of that name. */
const STREET = 'số đường phố ngõ ngách hẻm kiệt quốc ql km lô căn street road';
/** before an address */
const LEADING =
  'tôi em anh chị cháu con mình nhà quê ở tại từ về đến sang đi lên xuống xe khách tuyến chuyến sống đang tạm thường trú địa chỉ cư là hiện nay gần dạ vâng thưa i am live living stay staying from in at the to near my home is';
/** between the names of an address */
const JOINING = 'thuộc của ở tại in at of the';
/** behind an address */
const ENDING = 'ạ nhé nha nhá đó đấy please';
/** A text of one of these and a place's name without a comma is a person. */
const SURNAMES =
  'nguyễn trần lê phạm hoàng huỳnh phan vũ võ đặng bùi đỗ hồ ngô dương lý đào đinh lò lù vàng giàng sùng tẩn tần chẻo phàn mùa thào hảng cứ má ly cà quàng vì tao lường mào pờ lỳ';

/** Everyday words that no name has: with one of them, and its marks, a text is not a misspelt name. */
const EVERYDAY = 'không chưa đi về rồi được biết nào đâu gì quên nhớ chào cám ơn vâng làm bệnh';

type Table = ReadonlyMap<string, Spelling>;

const table = (list: string, between = ' '): Table =>
  new Map(list.split(between).map((word) => [spellName(word).bare, spellName(word)]));
const TABLES = {
  village: table(VILLAGE),
  landmark: table(LANDMARKS, '|'),
  street: table(STREET),
  leading: table(LEADING),
  joining: table(JOINING),
  ending: table(ENDING),
  surname: table(SURNAMES),
  everyday: table(EVERYDAY),
};

export type WordClass = keyof typeof TABLES;

/** With all its marks or with none: "Dương" is not a careless "đường". */
export function isWord(word: Spelling, kind: WordClass): boolean {
  const known = TABLES[kind].get(word.bare);
  const marks = known && marksFit(word, known);
  return marks === 'exact' || marks === 'plain';
}

export function isEveryday(word: Spelling): boolean {
  const known = TABLES.everyday.get(word.bare);
  return known !== undefined && marksFit(word, known) === 'exact';
}

export function isNumber(word: Spelling | undefined): boolean {
  return word !== undefined && /^\d+$/.test(word.bare);
}

function typeTable(
  source: Readonly<Record<string, readonly string[]>>,
  typesOf: (key: string) => readonly string[],
) {
  const found = new Map<string, { spelling: Spelling; word: TypeWord }>();
  for (const [key, forms] of Object.entries(source)) {
    for (const form of source === AFTER ? [key] : forms) {
      const spelling = spellName(form);
      found.set(spelling.bare, { spelling, word: { types: typesOf(key), words: form.split(' ').length } });
    }
  }
  return found;
}

const BEFORE_TABLE = typeTable(BEFORE, (key) => [key]);
const AFTER_TABLE = typeTable(AFTER, (key) => AFTER[key] ?? []);

/** The type word that these one or two words are, in front of a name or (English) behind it. */
export function typeWord(spelling: Spelling, where: 'before' | 'after'): TypeWord | undefined {
  const found = (where === 'before' ? BEFORE_TABLE : AFTER_TABLE).get(spelling.bare);
  return found && marksFit(spelling, found.spelling) !== 'clash' ? found.word : undefined;
}
