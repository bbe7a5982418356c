import type { Declared, Level, Reason, Risk } from '../../domain/declaration.ts';
import type { BlindIndex } from '../../security/blind-index.ts';
import type { Sealer } from '../../security/sealer.ts';
import type { Models } from '../../store/collections.ts';
import type { Effect } from '../../store/effect.ts';

/** What the duty staff are to be told about a declaration. */
export interface AlertSubject {
  readonly declaration: string;
  readonly declared: Declared;
  readonly level: Level;
  readonly reasons: readonly Reason[];
  /** Area path of where the person stays: '12/03595'. */
  readonly area: string;
  /** ms since 1970. */
  readonly at: number;
}

/** What the services about declarations stand on. */
export interface DeclarationParts {
  readonly models: Models;
  readonly sealer: Sealer;
  readonly index: BlindIndex;
  /** Judges by the rules and zones of this moment. */
  readonly assess: (declared: Declared, today: string) => Risk;
  /** What telling the duty staff takes; nothing below the alerting level. */
  readonly alert: (subject: AlertSubject) => Promise<readonly Effect[]>;
  /** Area path of an official code. */
  readonly areaOf: (code: string) => string;
  /** The number people are told to call. */
  readonly hotline: string;
}
