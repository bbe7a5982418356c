import type { Renewal } from '../../domain/alert.ts';
import type { Reason } from '../../domain/declaration.ts';
import type { AlertSubject } from '../declarations/index.ts';
import type { AlertBody, OpenedAlert } from './record.ts';

/** What was told before, and beside it the new reasons; one that is told anew stands as it is now. */
const beside = (known: readonly Reason[], now: readonly Reason[]): readonly Reason[] => [
  ...known.filter(({ key }) => !now.some((reason) => reason.key === key)),
  ...now,
];

/**
 * What an alert says after later news: of a declaration what stands there now. Where nothing was declared, nothing
 * that was told before is lost for it, nor does it grow younger.
 */
export const renewedBody = (
  { body, freshAt }: Pick<OpenedAlert, 'body' | 'freshAt'>,
  { declared, reasons, toldAt }: Pick<AlertSubject, 'declared' | 'reasons' | 'toldAt'>,
  what: Renewal,
): AlertBody => {
  if (toldAt !== undefined) {
    const all = what === 'raised' ? beside(body.reasons, reasons) : body.reasons;
    return { ...body, reasons: all, toldAt: body.toldAt ?? freshAt };
  }
  const { toldAt: _before, ...known } = body;
  return { ...known, declared, reasons: what === 'raised' ? reasons : known.reasons };
};
