import type { End } from '../../src/dialogue/flow.ts';
import { type Line, line } from '../../src/dialogue/say.ts';
import type { Level, Reason } from '../../src/domain/declaration.ts';
import { groupCode } from '../../src/domain/lookupCode.ts';
import { reasonLine } from '../../src/domain/risk/reason.ts';

/** What the service says of a declaration it took. */
export interface DeclarationResult {
  readonly code: string;
  readonly level: Level;
  readonly reasons: readonly Reason[];
  /** ms since 1970. */
  readonly validUntil: number;
  readonly hotline: string;
  /** Whether the duty staff were told. */
  readonly alerted: boolean;
}

/** What the level means, why, what to do and whom to call. */
const judgement = ({ level, reasons, hotline, alerted }: DeclarationResult): readonly Line[] => [
  line(`declared.level.${level}`),
  ...reasons.map((reason) => line('declared.reason', { reason: reasonLine(reason) })),
  line(`declared.do.${level}`),
  ...(alerted ? [line('declared.alerted')] : []),
  line('declared.call', { hotline }),
];

/** The end of every declaration: code and QR, what it means, what to do, whom to call, how to update. */
export const declared = (result: DeclarationResult): End => ({
  says: [
    {
      notes: [line('declared.code', { code: groupCode(result.code), time: { time: result.validUntil } })],
      image: { kind: 'qr', code: result.code },
    },
    {
      notes: [...judgement(result), line('declared.update')],
    },
  ],
});

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
  level: 'low',
  reasons: [],
  validUntil: 0,
  hotline: '',
  alerted: false,
} as const;
