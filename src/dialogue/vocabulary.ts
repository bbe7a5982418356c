/** What the engine itself understands at every question of every flow. */
export type CommandName =
  | 'back'
  | 'edit'
  | 'skip'
  | 'keep'
  | 'cancel'
  | 'resume'
  | 'drop'
  | 'fresh'
  | 'help'
  | 'language'
  | 'lang'
  | 'menu'
  | 'person'
  | 'more'
  | 'less'
  | 'again'
  | 'repeat'
  | 'thanks'
  | 'go';

/** Words with their marks; `slash` is what stands behind "/" (Telegram allows no marks there). */
export const TABLE: readonly {
  readonly name: CommandName;
  readonly slash: readonly string[];
  readonly words: readonly string[];
}[] = [
  { name: 'back', slash: ['quaylai', 'back'], words: ['quay lại', 'trở lại', 'lùi lại', 'back', 'go back'] },
  { name: 'edit', slash: ['sua', 'edit'], words: ['sửa', 'sửa lại', 'chỉnh sửa', 'edit'] },
  { name: 'skip', slash: ['boqua', 'skip'], words: ['bỏ qua', 'skip'] },
  { name: 'keep', slash: ['giu', 'keep'], words: ['giữ', 'giữ nguyên', 'keep'] },
  {
    name: 'cancel',
    slash: ['huy', 'cancel', 'stop'],
    words: ['hủy', 'huỷ', 'hủy bỏ', 'dừng lại', 'thoát', 'cancel', 'quit', 'stop'],
  },
  { name: 'resume', slash: ['tieptuc', 'resume'], words: ['tiếp tục', 'khai tiếp', 'continue', 'resume'] },
  {
    name: 'drop',
    slash: ['xoanhap', 'drop'],
    words: ['xóa bản nháp', 'xóa nháp', 'xóa tờ đang dở', 'delete the draft'],
  },
  {
    name: 'help',
    slash: ['trogiup', 'help'],
    words: ['trợ giúp', 'hướng dẫn', 'giúp tôi', 'giúp với', 'help', '?'],
  },
  { name: 'language', slash: ['ngonngu', 'language'], words: ['ngôn ngữ', 'đổi ngôn ngữ', 'language'] },
  {
    name: 'menu',
    slash: ['menu', 'start', 'batdau'],
    words: ['menu', 'bắt đầu', 'trang chủ', 'main menu', 'xin chào', 'chào', 'alo', 'hi', 'hello'],
  },
  {
    name: 'person',
    slash: ['gapnguoi', 'person'],
    words: ['gặp người', 'gặp nhân viên', 'gặp cán bộ', 'tổng đài', 'hotline', 'talk to a person'],
  },
  { name: 'more', slash: ['them', 'more'], words: ['xem thêm', 'more'] },
  {
    name: 'repeat',
    slash: ['nhaclai', 'repeat'],
    words: ['nhắc lại', 'nhắc lại câu hỏi', 'hỏi lại', 'repeat', 'say it again'],
  },
  { name: 'less', slash: ['truoc', 'less'], words: ['xem trước đó', 'xem trước', 'previous'] },
];

/** Thanks and what stands around them, without marks. Thanks are no answer, and no wrong one. */
export const THANKS =
  /^(?:(?:da|vang|u|ok|oke|toi|em|chau|xin|rat),? )*(?:cam on|thanks?|thank you|tks|thks)(?: (?:a|nhe|nha|nhieu|rat|lam|ban|anh|chi|em|co|chu|bac|can bo|bot|you|very much|a lot|so much))*$/;

/** Words that switch the language at once. */
export const LANGUAGE_WORDS: ReadonlyMap<string, string> = new Map([
  ['english', 'en'],
  ['tieng anh', 'en'],
  ['tieng viet', 'vi'],
  ['vietnamese', 'vi'],
]);

/** Every command, also those that only buttons give. */
export const NAMES: ReadonlySet<string> = new Set<CommandName>([
  'back',
  'edit',
  'skip',
  'keep',
  'cancel',
  'resume',
  'drop',
  'fresh',
  'help',
  'language',
  'lang',
  'menu',
  'person',
  'more',
  'less',
  'again',
  'repeat',
  'thanks',
  'go',
]);
