import type { Gazetteer } from '../domain/place/gazetteer.ts';
import type { BlindIndex } from '../security/blind-index.ts';
import type { Sealer } from '../security/sealer.ts';
import type { Database } from '../store/connect.ts';

/** What the commands stand on. */
export interface CliParts {
  readonly database: Database;
  readonly sealer: Pick<Sealer, 'seal' | 'open'>;
  readonly index: BlindIndex;
  readonly gazetteer: Gazetteer;
  /** Code of the home province: names of places are looked for there first. */
  readonly home: string;
  /** Whether a sentence stands in every catalogue. */
  readonly hasSentence: (key: string) => boolean;
  /** The server it belongs to is one exercise: everything in the database is. */
  readonly training: boolean;
  /** ms since 1970. */
  readonly now: number;
}

/** Opens the parts, does the work, prints what it returns, and closes them again. */
export type RunWith = (work: (parts: CliParts) => Promise<string>) => Promise<void>;
