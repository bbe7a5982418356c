import type { Ask } from '../../src/dialogue/ask.ts';
import type { Asking } from '../../src/dialogue/flow.ts';
import type { PhotoOptions } from '../../src/dialogue/question/photo.ts';
import { line } from '../../src/dialogue/say.ts';
import type { Sex } from '../../src/domain/declaration.ts';
import type { Json } from '../../src/domain/json.ts';

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

/** Card, or "I will type": the one choice beside the photo. */
export function* askCard(ask: Ask): Asking<CardAnswer | null> {
  const typed = {
    id: 'typed',
    value: 'typed',
    label: line('person.card.typed'),
    words: ['go', 'toi go', 'khong co the', 'type', 'no card'],
    no: true,
  } as const;
  const card = yield* ask.photo<CardAnswer | 'typed', PhotoOptions>('card', {
    work: 'readCard',
    fits: isCard,
    show: (value) => (isCard(value) ? value.name : ''),
    options: [typed],
    help: true,
    hidden: true,
  });
  return isCard(card) ? card : null;
}
