import { dayOf } from '../../domain/day.ts';
import type { Json } from '../../domain/json.ts';
import type { Service, ServiceContext } from '../service.ts';
import type { DeclarationParts } from './parts.ts';
import { findOwn, type Opened } from './record.ts';

/** A bus that leaves in the evening takes people on after midnight; tomorrow's bus is another one (ms). */
const SITTING_MS = 12 * 3_600_000;

/** Not yet over: a journey of today or to come, or declared a few hours ago. */
const isUnderWay = ({ doc, sealed }: Opened, now: number): boolean =>
  doc.status === 'valid' && (sealed.declared.trip.day >= dayOf(now) || now - doc.at.getTime() < SITTING_MS);

/** The newest declaration that was made here, as far as it may hold for one more person. */
const companion = async (parts: DeclarationParts, context: ServiceContext): Promise<Json> => {
  const { lastDeclared } = context.memory;
  const found = typeof lastDeclared === 'string' ? await findOwn(parts, lastDeclared, context) : null;
  if (found === null || !isUnderWay(found, context.now)) return null;
  const { declared, consent } = found.sealed;
  const { trip, stay, person } = declared;
  return { trip, stay, home: person.home, consent: consent.version } as unknown as Json;
};

/** The plate scanned here, this time or within the hours before. */
const plateOf = ({ memory, now }: ServiceContext, scanned: string | null): string | null => {
  const kept = memory.scanned as { readonly plate: string; readonly at: number } | null | undefined;
  if (scanned !== null || !kept) return scanned;
  return now - kept.at < SITTING_MS ? kept.plate : null;
};

/**
 * What whoever declares in this chat has at hand: the journey they declared for somebody before, and the vehicle whose
 * QR they scanned. A driver with ten passengers is asked for neither ten times.
 */
export const tripAtHand =
  (parts: DeclarationParts): Service =>
  async (args, context) => {
    const { plate: scanned } = args as { plate: string | null };
    const last = await companion(parts, context);
    return {
      value: { last, plate: plateOf(context, scanned) },
      ...(scanned !== null && { remember: { scanned: { plate: scanned, at: context.now } } }),
    };
  };
