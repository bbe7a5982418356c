import type { Office } from '../src/services/alerts/office.ts';
import type { DraftParts } from '../src/services/reminders/drafts.ts';

/** What the jobs stand on. */
export interface JobParts {
  readonly real: Office;
  /** What single chats practise: its alerts climb too, so that an exercise is like the real thing. */
  readonly exercise: Office;
  /** What of a conversation was left unfinished. */
  readonly leftBehind: DraftParts['leftBehind'];
}
