import type { Ask } from '../../src/dialogue/ask.ts';
import type { Asking } from '../../src/dialogue/flow.ts';
import { parseDay, parseYear } from '../../src/dialogue/parse/date.ts';
import type { PhotoOptions } from '../../src/dialogue/question/photo.ts';
import type { Env } from '../../src/dialogue/question/question.ts';
import { line } from '../../src/dialogue/say.ts';
import type { Sex } from '../../src/domain/declaration.ts';
import type { Json } from '../../src/domain/json.ts';
import { parseName } from '../../src/domain/person.ts';
import { fold } from '../../src/domain/text.ts';

/** What the card's QR said, and the home it names when that is one commune beyond doubt. */
export interface CardAnswer {
  readonly [key: string]: Json;
  readonly idNumber: string;
  readonly name: string;
  readonly born: string;
  readonly sex: Sex;
}

const isCard = (value: Json): value is CardAnswer =>
  typeof value === 'object' && value !== null && 'idNumber' in value;

/** What stands between family and given name of half the province, and in few sentences. */
const MIDDLE: ReadonlySet<string> = new Set(['a', 'van', 'thi']);

/** Written as names are: "Giàng A Páo", "lò văn pản". Whoever asks how to take the photo is not called so. */
const isWrittenAsName = (raw: string, name: string): boolean => {
  const words = name.split(' ');
  const capital = (word: string) => /^\p{Lu}/u.test(word);
  const asTyped = raw.includes(name) && words.every(capital);
  return words.length > 1 && (asTyped || (words.length > 2 && MIDDLE.has(fold(words[1] ?? ''))));
};

/** A name, alone or with the birth behind it, is what is asked for without a card. */
const typesName = (raw: string, { today }: Env): 'typed' | undefined => {
  const [first = '', second = ''] = raw.split(/[,;\n]/);
  const name = parseName(first);
  if (!name.ok) return undefined;
  const isBirth = parseYear(second, today) !== null || parseDay(second, today, 'full') !== null;
  return isBirth || isWrittenAsName(first, name.value) ? 'typed' : undefined;
};

/** Nobody is asked why there is no photo: whoever will not send one types, and may stop at any time. */
const NO_CARD = [
  ...['go', 'toi go', 'tu go', 'toi tu go', 'type', 'no card', 'khong co the', 'toi khong co the'],
  ...[
    'khong co can cuoc',
    'khong co cccd',
    'khong co anh',
    'khong mang',
    'khong mang theo',
    'khong mang the',
  ],
  ...['khong dong y', 'khong muon', 'khong gui', 'khong chup', 'khong chup duoc', 'chua co the', 'chua lam'],
  ...['de o nha', 'quen', 'quen the', 'bi mat', 'mat roi', 'mat the'],
];

/** Card, or "I will type": the one choice beside the photo. */
export function* askCard(ask: Ask): Asking<CardAnswer | null> {
  const typed = {
    id: 'typed',
    value: 'typed',
    label: line('person.card.typed'),
    words: NO_CARD,
    no: true,
  } as const;
  const card = yield* ask.photo<CardAnswer | 'typed', PhotoOptions>('card', {
    work: 'readCard',
    fits: isCard,
    show: (value) => (isCard(value) ? value.name : ''),
    options: [typed],
    typed: typesName,
    help: true,
    hidden: true,
  });
  return isCard(card) ? card : null;
}
