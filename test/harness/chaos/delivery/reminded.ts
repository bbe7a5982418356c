import type { Store } from '../../../../src/app/store.ts';
import { dayOf, startOfDay } from '../../../../src/domain/day.ts';
import type { Json } from '../../../../src/domain/json.ts';
import { nextOpen } from '../../../../src/domain/quietHours.ts';
import { sealContext } from '../../../../src/security/sealer.ts';
import type { DeclarationDoc } from '../../../../src/store/declarations.ts';
import { declaredOf } from '../../../domain/risk/facts.ts';
import { DAYS, dayBegins, SKEW } from './clock.ts';
import type { Reader } from './people.ts';
import { areaOfPlace, placeOf } from './persons.ts';

/** One reader in so many is asked where they are, every morning, and told on one of the days that a code ends. */
const REMINDED_EVERY = 8;
/** Codes end one after the other (ms), and their owners are told so long before (`codes.ts`). */
const APART = 750;
const BEFORE = 17 * 3_600_000;
const KEPT = 7 * 86_400_000;

const remindedOf = (readers: readonly Reader[]): readonly Reader[] =>
  readers.filter((_, n) => n % REMINDED_EVERY === 0);

const declarationOf = (
  { sealer }: Store,
  { chat, address }: Reader,
  kind: 'stays' | 'ends',
  began: number,
): DeclarationDoc => {
  const _id = `${kind} ${address}`;
  const at = new Date(startOfDay(dayOf(began)));
  const sealed = {
    code: '',
    whom: 'other',
    consent: { version: '', at: 0 },
    declared: declaredOf({}),
    reasons: [],
  };
  return {
    _id,
    kind: 'domestic',
    person: `${kind} of ${address}`,
    declaredBy: chat,
    chats: [],
    at,
    version: 1,
    codeIndex: _id,
    validFrom: at,
    validUntil: at,
    status: 'valid',
    area: areaOfPlace(placeOf(address)),
    level: 'high',
    rulesVersion: '1',
    sealed: sealer.seal(sealContext('declarations', 'sealed', _id), sealed as unknown as Json),
    deleteAt: new Date(Date.now() + KEPT),
  };
};

/** When the n-th of them is first due. */
const dueOf = (began: number, n: number): number => dayBegins(began, n % DAYS) + Math.floor(n / DAYS) * APART;

/** Declarations that the ticks of reminders find, day by day, from what is now the first. */
export const storeReminded = async (store: Store, readers: readonly Reader[], began: number) => {
  const docs = remindedOf(readers).flatMap((reader, n) => {
    const due = dueOf(began, n);
    return [
      { ...declarationOf(store, reader, 'stays', began), askAt: new Date(due) },
      { ...declarationOf(store, reader, 'ends', began), validUntil: new Date(due + BEFORE) },
    ];
  });
  await store.database.collections.declarations.insertMany(docs);
};

/** Whether the ticks have reminded of all that is due, and the next day may come. */
export const isReminded = async ({ database }: Store, now: number): Promise<boolean> => {
  const { declarations } = database.collections;
  const told = { endingTold: { $exists: false }, askAt: { $exists: false } };
  const ends = { $gt: new Date(now), $lte: new Date(now + BEFORE) };
  const untold = await declarations.countDocuments({ ...told, validUntil: ends });
  return untold === 0 && (await declarations.countDocuments({ askAt: { $lte: new Date(now) } })) === 0;
};

export interface Reminder {
  /** Of its row. */
  readonly id: string;
  readonly reader: Reader;
  /** The earliest it may leave, ms since 1970: ticks go by the clock of their process, and the night is the outbox's. */
  readonly from: number;
}

const leaves = (due: number): number => nextOpen(due - SKEW);

const idOf = (purpose: string, about: string, at: number, { chat }: Reader): string =>
  [`${about}:${chat}`, purpose, dayOf(at).replaceAll('-', ''), chat].join(':');

/** The reminders of the days that have begun: where somebody is on every one since the first, of a code on that alone. */
export const remindersBy = (readers: readonly Reader[], began: number, days: number): readonly Reminder[] =>
  remindedOf(readers).flatMap((reader, n) => {
    const [first, due] = [n % DAYS, dueOf(began, n)];
    const places = Array.from({ length: Math.max(0, days - first) }, (_, m) => dayBegins(began, first + m));
    const codes = first < days ? [due] : [];
    return [
      ...places.map((at) => ({
        id: idOf('movementReminder', 'movement', at, reader),
        reader,
        from: leaves(at),
      })),
      ...codes.map((at) => ({
        id: idOf('codeReminder', 'codeEnding', at + BEFORE, reader),
        reader,
        from: leaves(at),
      })),
    ];
  });
