import { followUpServices } from '../followUps/answer.ts';
import { confirmStay } from '../reminders/stay.ts';
import type { Service } from '../service.ts';
import { correctDeclaration, recordMovement, withdrawDeclaration } from './change.ts';
import { lastDeclaration, openByCode, ownDeclarations, showDeclaration } from './look.ts';
import type { DeclarationParts } from './parts.ts';
import { submitDeclaration } from './submit.ts';
import { tripAtHand } from './tripAtHand.ts';

/** The use cases about declarations, by the names the flows call them. */
export const declarationServices = (parts: DeclarationParts): Readonly<Record<string, Service>> => ({
  lastDeclaration: lastDeclaration(parts),
  tripAtHand: tripAtHand(parts),
  submitDeclaration: submitDeclaration(parts),
  correctDeclaration: correctDeclaration(parts),
  recordMovement: recordMovement(parts),
  withdrawDeclaration: withdrawDeclaration(parts),
  confirmStay: confirmStay(parts),
  ...followUpServices(parts),
  ownDeclarations: ownDeclarations(parts),
  showDeclaration: showDeclaration(parts),
  openByCode: openByCode(parts),
});

export { idOfCode, statusOfDeclaration } from './look.ts';
export type { AlertPlan, AlertSubject, DeclarationParts } from './parts.ts';
