import type { Declared } from '../../domain/declaration.ts';
import type { Json } from '../../domain/json.ts';
import type { DeclarationDoc } from '../../store/declarations.ts';
import { type Effect, update } from '../../store/effect.ts';
import { passagesOf } from '../passages/own.ts';
import type { Service, ServiceContext } from '../service.ts';
import type { DeclarationParts } from './parts.ts';
import { current, findOwn, type Opened, openDeclaration } from './record.ts';

/** A driver with a small bus sees all of it, page by page; older ones are found by their code. */
const LISTED = 20;

/** @param now ms since 1970 */
export const statusOf = ({ doc }: Pick<Opened, 'doc'>, now: number): 'valid' | 'ended' | 'withdrawn' => {
  if (doc.status === 'withdrawn') return 'withdrawn';
  return doc.validUntil.getTime() < now ? 'ended' : 'valid';
};

const newest = async (parts: DeclarationParts, filter: object, limit: number): Promise<readonly Opened[]> => {
  const docs = await parts.models.declarations
    .find({ status: current(), ...filter })
    .sort({ at: -1 })
    .limit(limit)
    .lean<DeclarationDoc[]>();
  return Promise.all(docs.map((doc) => openDeclaration(parts, doc)));
};

const known = ({ person }: Declared): Json => {
  const { id, ...rest } = person;
  return { ...rest, idNumber: id?.number ?? 'none' } as unknown as Json;
};

/** What this chat's own person declared last, here or in a chat it is connected with, so that it need not be typed again; null for a newcomer. */
export const lastDeclaration =
  (parts: DeclarationParts): Service =>
  async (_args, { chat, memory }) => {
    const person = memory.person;
    if (typeof person !== 'string') return { value: null };
    const [last] = await newest(parts, { person, chats: chat, status: 'valid' }, 1);
    if (last === undefined) return { value: null };
    const { declared, consent } = last.sealed;
    const { trip, stay } = declared;
    return { value: { person: known(declared), trip, stay, consent: consent.version } as unknown as Json };
  };

/** The declarations made in this chat, the newest first. */
export const ownDeclarations =
  (parts: DeclarationParts): Service =>
  async (_args, { chat, now }) => {
    const found = await newest(parts, { chats: chat }, LISTED);
    const value = found.map((opened) => {
      const { code, declared } = opened.sealed;
      const { person, trip } = declared;
      return {
        id: opened.doc._id,
        code,
        name: person.name,
        to: trip.to.code,
        day: trip.day,
        status: statusOf(opened, now),
      };
    });
    return { value };
  };

/** One of this chat's declarations with all it says, and where it was shown; null when it is not this chat's. */
export const showDeclaration =
  (parts: DeclarationParts): Service =>
  async (args, context) => {
    const found = await findOwn(parts, (args as { id: string }).id, context);
    const { now } = context;
    if (found === null) return { value: null };
    const { code, declared } = found.sealed;
    const validUntil = found.doc.validUntil.getTime();
    return {
      value: {
        id: found.doc._id,
        code,
        status: statusOf(found, now),
        validUntil,
        declared,
        passages: await passagesOf(parts.models, found.doc._id),
      } as unknown as Json,
    };
  };

/** Wrong codes a chat may try, and for how long they count: nobody mistypes six codes in an hour. */
const TRIES = 5;
const TRIES_MS = 3_600_000;

const wrongTries = ({ memory, now }: ServiceContext): readonly number[] => {
  const tries = memory.codeTries;
  return Array.isArray(tries) ? tries.map(Number).filter((at) => now - at < TRIES_MS) : [];
};

/** A declaration whose number was guessed at too often opens for nobody new until an hour has passed. */
const besieged = ({ doc }: Opened, now: number): boolean =>
  (doc.wrong ?? []).filter((at) => now - at.getTime() < TRIES_MS).length >= TRIES;

/** By the guesses that were seen: those who guess at once, in however many chats, are counted one after the other. */
const asSeen = ({ doc: { _id, wrong } }: Opened) => ({ _id, wrong: wrong ?? { $exists: false } });

const guessed = (opened: Opened, now: number): Effect =>
  update(
    'declarations',
    asSeen(opened),
    { $push: { wrong: { $each: [new Date(now)], $slice: -TRIES } } },
    { must: true },
  );

const byCode = async (parts: DeclarationParts, code: string): Promise<Opened | null> => {
  const doc = await parts.models.declarations
    .findOne({ codeIndex: parts.index('lookupCode', code) })
    .lean<DeclarationDoc>();
  return doc === null ? null : openDeclaration(parts, doc);
};

/**
 * Opens a declaration by its code for the chat that made it, or for one that knows the end of the phone number
 * in it. A wrong code, a code of somebody else and a wrong number all get the same answer.
 */
export const openByCode =
  (parts: DeclarationParts): Service =>
  async (args, context) => {
    const { code, digits } = args as { code: string; digits?: string };
    const tries = wrongTries(context);
    if (tries.length >= TRIES) return { value: { found: false, limited: true, id: '' } };
    const opened = await byCode(parts, code);
    if (opened?.doc.chats.includes(context.chat)) return { value: { found: true, id: opened.doc._id } };
    if (digits === undefined) return { value: { found: false, id: '' } };
    const right = opened?.sealed.declared.person.phone?.endsWith(digits) === true;
    if (opened === null || !right || besieged(opened, context.now)) {
      return {
        value: { found: false, id: '' },
        remember: { codeTries: [...tries, context.now] },
        effects: opened === null || right ? [] : [guessed(opened, context.now)],
      };
    }
    const id = opened.doc._id;
    return {
      value: { found: true, id },
      // For the calls that follow in this message; the lasting proof is in the declaration.
      remember: { opened: [id] },
      effects: [
        update('declarations', asSeen(opened), { $addToSet: { chats: context.chat } }, { must: true }),
      ],
    };
  };

/** What a QR's page may say of a declaration: valid, ended, withdrawn, or nothing; until when is no matter once withdrawn. */
export const statusOfDeclaration = async (
  { models }: Pick<DeclarationParts, 'models'>,
  id: string,
  now: number,
): Promise<{ readonly status: 'valid' | 'ended' | 'withdrawn' | 'unknown'; readonly until?: number }> => {
  const doc = await models.declarations
    .findOne({ _id: id, status: current() }, { validUntil: 1, status: 1 })
    .lean<DeclarationDoc>();
  if (doc === null) return { status: 'unknown' };
  if (doc.status === 'withdrawn') return { status: 'withdrawn' };
  const until = doc.validUntil.getTime();
  return { status: now <= until ? 'valid' : 'ended', until };
};

/** The id behind a lookup code, for the QR of the person who was just told the code. */
export const idOfCode = async (
  { models, index }: Pick<DeclarationParts, 'models' | 'index'>,
  code: string,
) => {
  const found = await models.declarations
    .findOne({ codeIndex: index('lookupCode', code) }, { validUntil: 1 })
    .lean<DeclarationDoc>();
  return found === null ? null : { id: found._id, validUntil: found.validUntil.getTime() };
};
