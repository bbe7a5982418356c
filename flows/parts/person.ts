import type { Ask } from '../../src/dialogue/ask.ts';
import type { Asking } from '../../src/dialogue/flow.ts';
import { optionsOf } from '../../src/dialogue/question/choice.ts';
import { type PlaceValue, showPlace } from '../../src/dialogue/question/place.ts';
import { line } from '../../src/dialogue/say.ts';
import type { IdDocument, Person, Sex, Whom } from '../../src/domain/declaration.ts';
import { SEXES } from '../../src/domain/declaration.ts';
import { type Parsed, problem } from '../../src/domain/parsed.ts';
import {
  parseName,
  parseNationalId,
  parseNote,
  parsePassport,
  startsAsPlace,
} from '../../src/domain/person.ts';
import { askCard } from './card.ts';
import { communes } from './communes.ts';

/** Oldest birth that is believed: 120 years, in days. */
const OLDEST = 120 * 366;

const sexes = optionsOf(
  'sex',
  SEXES.map((id) => ({
    id,
    words: { male: ['trai', 'nam gioi', 'm'], female: ['gai', 'nu gioi', 'f'], other: [] }[id],
  })),
);

/** A number of the citizen card or of a passport; the shape tells which. */
const parseId = (raw: string): Parsed<string> => {
  const national = parseNationalId(raw);
  if (national.ok) return national;
  const passport = parsePassport(raw);
  return passport.ok ? passport : problem('problem.id');
};

const idDocument = (number: string): IdDocument => ({
  kind: /^\d+$/.test(number) ? 'national' : 'passport',
  number,
});

/** What is known of a person before asking: from the card, or from the last declaration. */
export interface Known {
  readonly name?: string;
  readonly born?: string;
  readonly sex?: string;
  readonly idNumber?: string;
  readonly nationality?: string;
  /** null: there is none. */
  readonly phone?: string | null;
  readonly home?: PlaceValue;
}

/** A person of an earlier declaration, as known answers. */
export const knownPerson = ({ id, phone, ...rest }: Person): Known => ({
  ...rest,
  idNumber: id?.number ?? NO_ID,
  phone: phone ?? null,
});

const NO_ID = 'none';
const NO_ID_WORDS = ['khong mang', 'khong mang theo', 'de o nha', 'bi mat', 'mat roi', 'quen'];

/** Families and villages travel together: the home of whoever was declared before is one tap. */
const sameHome = (near: PlaceValue | undefined) =>
  near === undefined
    ? {}
    : {
        options: [{ id: 'near', value: near, label: line('person.home.near', { place: showPlace(near) }) }],
      };

/**
 * Who somebody is and where they live; what is known is not asked again, but can be edited.
 * @param near Where somebody lives who travels along
 */
export function* askPerson(ask: Ask, known: Known, own: boolean, near?: PlaceValue): Asking<Person> {
  const name = yield* ask.text('name', parseName, {
    preset: known.name,
    usual: 'Nguyễn Văn An',
    doubtful: startsAsPlace,
  });
  const born = yield* ask.date('born', { birth: true, back: OLDEST, ahead: 0, preset: known.born });
  const sex = (yield* ask.choice('sex', sexes, { preset: known.sex })) as Sex;
  const none = {
    id: NO_ID,
    value: NO_ID,
    label: line('person.id.none'),
    words: NO_ID_WORDS,
    no: true,
  } as const;
  const id = yield* ask.text('id', parseId, {
    options: [none],
    preset: known.idNumber,
    usual: NO_ID,
    show: (value) => (value === NO_ID ? none.label : String(value)),
  });
  const foreign = id !== NO_ID && idDocument(id).kind === 'passport';
  const nationality = foreign
    ? yield* ask.text('nationality', parseNote, { preset: known.nationality, usual: 'Lào' })
    : undefined;
  const phone = own
    ? yield* ask.contact('phone', { preset: known.phone })
    : yield* ask.contact('phone', {
        own: false,
        preset: known.phone,
        optional: true,
        say: 'person.phone.other',
      });
  const home = yield* ask.place('home', { ...sameHome(near), easier: communes, preset: known.home });
  return {
    name,
    born,
    sex,
    home,
    ...(id === NO_ID ? {} : { id: idDocument(id) }),
    ...(nationality === undefined ? {} : { nationality }),
    ...(phone === undefined ? {} : { phone }),
  };
}

/** By their card, or typed; whoever is known needs neither. */
export function* askWho(ask: Ask, whom: Whom, known: Known, near?: PlaceValue): Asking<Person> {
  const card = known.name === undefined ? yield* askCard(ask) : null;
  return yield* askPerson(ask, card ?? known, whom === 'me', near);
}
