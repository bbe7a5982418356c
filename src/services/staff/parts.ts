import type { RuleSet } from '../../domain/risk/ruleset.ts';
import type { BlindIndex } from '../../security/blind-index.ts';
import type { Sealer } from '../../security/sealer.ts';
import type { Collections } from '../../store/collections.ts';
import type { OnStuck } from '../stuck.ts';

/** What the services for staff stand on. */
export interface StaffParts {
  readonly collections: Collections;
  readonly sealer: Pick<Sealer, 'seal' | 'open'>;
  readonly index: BlindIndex;
  /** The rules of this moment: from which level on the duty staff are told. */
  readonly rules: () => RuleSet;
  /** Area path of an official code: '03595' → '12/03595'. */
  readonly areaOf: (code: string) => string;
  /** Code of the home province: whose staff hear of what belongs to nobody else. */
  readonly home: string;
  readonly onStuck?: OnStuck;
  /** Channels that are open on this server; a command opens none. */
  readonly channelNames?: () => readonly string[];
}
