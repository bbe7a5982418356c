import mongoose from 'mongoose';
import { addDays, DAY_MS, dayOf, startOfDay } from '../../domain/day.ts';
import { type Declared, RETENTION_DAYS, type Risk, VALID_DAYS, type Whom } from '../../domain/declaration.ts';
import type { Json } from '../../domain/json.ts';
import { provinceOf } from '../../domain/roster.ts';
import { sealContext } from '../../security/sealer.ts';
import type { DeclarationDoc } from '../../store/declarations.ts';
import type { ServiceContext } from '../service.ts';
import type { AlertPlan, DeclarationParts } from './parts.ts';

const { trusted } = mongoose;

/** What lies sealed in a declaration. */
export interface Sealed {
  readonly code: string;
  /** Whether the chat declared for its own person; not in declarations from before it was kept. */
  readonly whom?: Whom;
  readonly consent: { readonly version: string; readonly at: number };
  readonly declared: Declared;
  readonly reasons: Risk['reasons'];
}

export interface Opened {
  readonly doc: DeclarationDoc;
  readonly sealed: Sealed;
}

/** Every version but those laid aside. */
export const current = () => trusted({ $ne: 'replaced' as const });

const context = (id: string) => sealContext('declarations', 'sealed', id);

export const sealDeclaration = ({ sealer }: DeclarationParts, id: string, sealed: Sealed): Buffer =>
  sealer.seal(context(id), sealed as unknown as Json);

export const openDeclaration = async (
  { sealer }: { readonly sealer: Pick<DeclarationParts['sealer'], 'open'> },
  doc: DeclarationDoc,
): Promise<Opened> => ({
  doc,
  sealed: (await sealer.open(context(doc._id), doc.sealed)) as unknown as Sealed,
});

type Asker = Pick<ServiceContext, 'chat' | 'memory'>;

/** Declarations this chat proved to know in this very message: that is in the database only after its commit. */
const justOpened = ({ memory }: Asker): readonly unknown[] =>
  Array.isArray(memory.opened) ? memory.opened : [];

/** A declaration this chat may see, or null: that there is one is nobody else's business. */
export const findOwn = async (parts: DeclarationParts, id: string, asker: Asker): Promise<Opened | null> => {
  const doc = await parts.models.declarations.findOne({ _id: id, status: current() }).lean<DeclarationDoc>();
  const may = doc?.chats.includes(asker.chat) || justOpened(asker).includes(id);
  return doc === null || !may ? null : openDeclaration(parts, doc);
};

/** Good to the end of the third day after the journey, or after today when the journey lies behind. */
export const validUntil = (day: string, now: number): number => {
  const today = dayOf(now);
  return startOfDay(addDays(day > today ? day : today, VALID_DAYS + 1)) - 1000;
};

export const deleteAt = (now: number): Date => new Date(now + RETENTION_DAYS * DAY_MS);

/** The fields that follow from what was declared and how it was judged. */
export const judgedFields = (parts: DeclarationParts, { stay, trip }: Declared, risk: Risk) => ({
  area: parts.areaOf(stay.code),
  from: provinceOf(parts.areaOf(trip.from.code)),
  level: risk.level,
  rulesVersion: risk.rules,
});

interface Told {
  readonly code: string;
  readonly name: string;
  readonly risk: Risk;
  readonly until: number;
  readonly alert: AlertPlan;
}

/** What the person is told about a declaration that was taken. */
export const toldOf = ({ hotline }: DeclarationParts, { code, name, risk, until, alert }: Told): Json =>
  ({
    code,
    name,
    level: risk.level,
    reasons: risk.reasons,
    validUntil: until,
    hotline,
    staff: alert.staff,
  }) as unknown as Json;
