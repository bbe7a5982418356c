import type { Trip } from './declaration.ts';

/** What an officer decides about somebody at a checkpoint: lets them pass, sends them back, hands them over to health staff. */
export const DECISIONS = ['passed', 'sentBack', 'handedOver'] as const;
export type Decision = (typeof DECISIONS)[number];

/** How what was shown stands: as the page behind a QR says it; `none`: there is no code. */
export const STANDINGS = ['valid', 'ended', 'withdrawn', 'unknown', 'none'] as const;
export type Standing = (typeof STANDINGS)[number];

export type PassageReason =
  | 'onPaper'
  | 'emergency'
  | 'notDeclared'
  | 'otherPerson'
  | 'closedArea'
  | 'symptoms'
  | 'fromZone'
  | 'other';

type Reasons = Readonly<Record<Standing, readonly PassageReason[]>>;

/** Whoever shows a good code and is let pass is not held up by a question: in the rain that is nearly everybody. */
const LET_PASS: readonly PassageReason[] = ['onPaper', 'emergency', 'other'];
const TURNED: readonly PassageReason[] = ['notDeclared', 'closedArea', 'other'];
/** Only where a name was shown can it be another person's. */
const TURNED_BY_NAME: readonly PassageReason[] = ['otherPerson', 'closedArea', 'other'];
const HANDED: readonly PassageReason[] = ['symptoms', 'fromZone', 'other'];

const always = (reasons: readonly PassageReason[]): Reasons => ({
  valid: reasons,
  ended: reasons,
  withdrawn: reasons,
  unknown: reasons,
  none: reasons,
});

const REASONS: Readonly<Record<Decision, Reasons>> = {
  passed: { ...always(LET_PASS), valid: [] },
  sentBack: { ...always(TURNED), valid: TURNED_BY_NAME, ended: ['notDeclared', ...TURNED_BY_NAME] },
  handedOver: always(HANDED),
};

/** Reasons to choose from; none: the decision is one tap. */
export const reasonsFor = (decision: Decision, standing: Standing): readonly PassageReason[] =>
  REASONS[decision][standing];

/** Whether a decision with its reason fits how the code stands: it may have changed between the look and the tap. */
export const fits = (decision: Decision, standing: Standing, reason: PassageReason | undefined): boolean => {
  const reasons = reasonsFor(decision, standing);
  return reason === undefined ? reasons.length === 0 : reasons.includes(reason);
};

/** A declaration that was taken back tells an officer nothing of its person, and is noted with nobody. */
export const isShown = (standing: Standing): boolean => standing === 'valid' || standing === 'ended';

const ON_THE_ROAD: ReadonlySet<Trip['means']> = new Set(['coach', 'car', 'motorbike', 'lorry']);

/** The plate of whatever came along the road; the number of a flight or a train is none. */
export const plateOf = ({ means, vehicle }: Trip): string | undefined =>
  ON_THE_ROAD.has(means) ? vehicle : undefined;
