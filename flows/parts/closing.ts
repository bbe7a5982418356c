import type { Closing, End } from '../../src/dialogue/flow.ts';
import { type Choice, type Line, line } from '../../src/dialogue/say.ts';
import { type Level, levelAtLeast, type Reason, type Trip } from '../../src/domain/declaration.ts';
import { groupCode } from '../../src/domain/lookupCode.ts';
import { reasonLine } from '../../src/domain/risk/reason.ts';
import { EMERGENCY } from './signs.ts';

/** What the service says of a declaration it took. */
export interface DeclarationResult {
  readonly code: string;
  /** Whom it is about: on a driver's phone several stand below each other. */
  readonly name: string;
  readonly level: Level;
  readonly reasons: readonly Reason[];
  /** ms since 1970. */
  readonly validUntil: number;
  readonly hotline: string;
  /** Whether somebody of the duty staff was told; `waiting` when there was nobody to tell. */
  readonly staff: 'none' | 'told' | 'waiting';
}

const isGrave = ({ level }: DeclarationResult): boolean => levelAtLeast(level, 'high');

/** What the level means, why, what to do and whom to call; what cannot wait stands first. */
const judgement = (result: DeclarationResult): readonly Line[] => [
  ...(isGrave(result) ? [line('declared.emergency', { number: EMERGENCY })] : []),
  line(`declared.level.${result.level}`),
  ...result.reasons.map((reason) => line('declared.reason', { reason: reasonLine(reason) })),
  line(`declared.do.${result.level}`),
  ...(result.staff === 'none' ? [] : [line(`declared.staff.${result.staff}`)]),
  line('declared.call', { hotline: result.hotline }),
];

const codeOf = (result: DeclarationResult): Closing => ({
  notes: [
    line(isGrave(result) ? 'declared.code.stay' : 'declared.code', {
      name: result.name,
      code: groupCode(result.code),
      time: { time: result.validUntil },
    }),
  ],
  image: { kind: 'qr', code: result.code },
});

const again = (whom: 'me' | 'other', label: string = whom): Choice => ({
  id: `/go:declare:whom=${whom}`,
  label: line(`declare.menu.${label}`),
});

/**
 * The end of every declaration: code and QR, what it means, what to do, whom to call, how to update. Whoever must
 * not travel on reads that first, and the code after it. Whoever travels may not be alone: the next passenger is one tap.
 */
export const declared = (result: DeclarationResult, { means: by }: Trip): End => {
  const grave = isGrave(result);
  // Whoever was just told to stay where they are is not told of another vehicle.
  const update = line(grave ? 'declared.update.stay' : 'declared.update');
  const means: Closing = { notes: [...judgement(result), update] };
  const [first, last] = grave ? [means, codeOf(result)] : [codeOf(result), means];
  return {
    says: [
      first,
      { ...last, choices: [by === 'none' ? again('other') : again('other', 'along'), again('me')] },
    ],
  };
};

/** The end of an update: what it changed. */
export const updated = (result: DeclarationResult): End => ({
  says: [
    {
      notes: [line('updated.thanks'), ...judgement(result)],
    },
  ],
});

/** Stands in for the result while the rest of a conversation is estimated. */
export const USUAL_RESULT = {
  code: '00000000000',
  name: '',
  level: 'low',
  reasons: [],
  validUntil: 0,
  hotline: '',
  staff: 'none',
} as const;
