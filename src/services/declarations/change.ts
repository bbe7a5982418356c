import type { Declared, Risk } from '../../domain/declaration.ts';
import { randomId } from '../../security/random.ts';
import { type Effect, insert, update } from '../../store/effect.ts';
import { answered } from '../reminders/next.ts';
import type { Service, ServiceContext } from '../service.ts';
import { judge } from './judge.ts';
import { movementRow } from './movement.ts';
import type { DeclarationParts } from './parts.ts';
import { changedPerson } from './person.ts';
import {
  findOwn,
  judgedFields,
  type Opened,
  type Sealed,
  sealDeclaration,
  toldOf,
  validUntil,
} from './record.ts';
import { type Change, withChange } from './withChange.ts';

/** The declaration as it can be changed; null when it was withdrawn, deleted, or was never this chat's. */
const mine = async (parts: DeclarationParts, id: string, asker: ServiceContext): Promise<Opened | null> => {
  const found = await findOwn(parts, id, asker);
  return found?.doc.status === 'valid' ? found : null;
};

/** The version as it stood, laid aside under an id of its own. */
const laidAside = (parts: DeclarationParts, { doc, sealed }: Opened): Effect => {
  const { codeIndex: _found, askAt: _next, asked: _open, endingTold: _told, ...rest } = doc;
  const id = randomId();
  return insert('declarations', {
    ...rest,
    _id: id,
    status: 'replaced',
    replacedIn: doc._id,
    sealed: sealDeclaration(parts, id, sealed),
  });
};

/** Writes the next version over the one that was seen; a version that moved on meanwhile makes it stale. */
const nextVersion = (
  parts: DeclarationParts,
  { doc }: Opened,
  sealed: Sealed,
  risk: Risk,
  declared: Declared,
  until: number,
  now: number,
): Effect => {
  const judged = judgedFields(parts, declared, risk);
  const { $set = {}, ...rest } = doc.askAt ? answered(parts.rules(), { ...doc, ...judged }, now) : {};
  const next = {
    version: doc.version + 1,
    validUntil: new Date(until),
    ...judged,
    sealed: sealDeclaration(parts, doc._id, { ...sealed, reasons: risk.reasons }),
  };
  const seen = { _id: doc._id, version: doc.version, status: 'valid' as const };
  return update('declarations', seen, { $set: { ...next, ...$set }, ...rest }, { must: true });
};

/** Corrects a declaration: the version before it is kept. */
export const correctDeclaration =
  (parts: DeclarationParts): Service =>
  async (args, context) => {
    const { now } = context;
    const { id, declared } = args as unknown as { id: string; declared: Declared };
    const found = await mine(parts, id, context);
    if (found === null) return { value: null };
    const { person } = found.doc;
    const judged = await judge(parts, declared, { person, now, but: id });
    const { risk } = judged;
    const until = validUntil(declared.trip.day, found.doc.at.getTime());
    const sealed = { ...found.sealed, declared };
    const area = parts.areaOf(declared.stay.code);
    const alert = await parts.alert({
      declaration: id,
      person,
      declared: judged.declared,
      ...risk,
      area,
      at: now,
    });
    return {
      value: toldOf(parts, { code: sealed.code, name: declared.person.name, risk, until, alert }),
      effects: [
        laidAside(parts, found),
        nextVersion(parts, found, sealed, risk, declared, until, now),
        changedPerson(parts, person, declared.person, now),
        ...alert.effects,
      ],
    };
  };

/** Adds what happened since: a place, a vehicle, symptoms. The declaration is judged again with it. */
export const recordMovement =
  (parts: DeclarationParts): Service =>
  async (args, context) => {
    const { now } = context;
    const { id, change } = args as unknown as { id: string; change: Change };
    const found = await mine(parts, id, context);
    if (found === null) return { value: null };
    const declared = withChange(found.sealed.declared, change);
    const { person } = found.doc;
    const judged = await judge(parts, declared, { person, now, but: id });
    const { risk } = judged;
    const until = found.doc.validUntil.getTime();
    const area = parts.areaOf(declared.stay.code);
    const alert = await parts.alert({
      declaration: id,
      person,
      declared: judged.declared,
      ...risk,
      area,
      at: now,
    });
    return {
      value: toldOf(parts, { code: found.sealed.code, name: declared.person.name, risk, until, alert }),
      effects: [
        movementRow(parts, found.doc, change, now),
        laidAside(parts, found),
        nextVersion(parts, found, { ...found.sealed, declared }, risk, declared, until, now),
        ...alert.effects,
      ],
    };
  };

/** Takes a declaration back: its code and QR end at once. */
export const withdrawDeclaration =
  (parts: DeclarationParts): Service =>
  async (args, context) => {
    const { id } = args as { id: string };
    const found = await mine(parts, id, context);
    if (found === null) return { value: false };
    const { version, at } = found.doc;
    const change = {
      $set: { status: 'withdrawn' as const, version: version + 1 },
      $unset: { askAt: '' as const, asked: '' as const },
    };
    const told = await parts.withdrawn({ declaration: id, declared: at.getTime(), at: context.now });
    return {
      value: true,
      effects: [update('declarations', { _id: id, version }, change, { must: true }), ...told],
    };
  };
