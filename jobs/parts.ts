import type { Office } from '../src/services/alerts/office.ts';

/** What the jobs stand on. */
export interface JobParts {
  readonly real: Office;
  /** What single chats practise: its alerts climb too, so that an exercise is like the real thing. */
  readonly exercise: Office;
}
