import type { Declared, Level, Reason, Risk } from '../../domain/declaration.ts';
import type { RuleSet } from '../../domain/risk/ruleset.ts';
import type { BlindIndex } from '../../security/blind-index.ts';
import type { Sealer } from '../../security/sealer.ts';
import type { Models } from '../../store/collections.ts';
import type { Effect } from '../../store/effect.ts';

/** What the duty staff are to be told about a declaration. */
export interface AlertSubject {
  readonly declaration: string;
  readonly person: string;
  readonly declared: Declared;
  readonly level: Level;
  readonly reasons: readonly Reason[];
  /** Area path of where the person stays: '12/03595'. */
  readonly area: string;
  /** ms since 1970. */
  readonly at: number;
  /** Nothing was declared now: when they told something last (ms since 1970). */
  readonly toldAt?: number;
}

/** What telling them takes, to be committed with it, and whether somebody knows; `none`: nobody needs to. */
export interface AlertPlan {
  readonly staff: 'none' | 'told' | 'waiting';
  readonly effects: readonly Effect[];
}

/** What the services about declarations stand on. */
export interface DeclarationParts {
  readonly models: Models;
  readonly sealer: Sealer;
  readonly index: BlindIndex;
  /** Judges by the rules and zones of this moment. */
  readonly assess: (declared: Declared, today: string) => Risk;
  /** The rules of this moment. */
  readonly rules: () => RuleSet;
  readonly alert: (subject: AlertSubject) => Promise<AlertPlan>;
  /** What it changes for the duty staff that a declaration is taken back; `declared`: when it was made. */
  readonly withdrawn: (of: {
    readonly declaration: string;
    readonly declared: number;
    readonly at: number;
  }) => Promise<readonly Effect[]>;
  /** Area path of an official code. */
  readonly areaOf: (code: string) => string;
  /** The number people are told to call. */
  readonly hotline: string;
}
