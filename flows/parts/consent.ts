import type { Ask } from '../../src/dialogue/ask.ts';
import type { Asking } from '../../src/dialogue/flow.ts';
import { optionsOf } from '../../src/dialogue/question/choice.ts';
import { RETENTION_DAYS } from '../../src/domain/declaration.ts';

/** Changes when the consent text does; an older consent is asked for again. */
export const CONSENT = '2026-11-27';

const YES_OR_NO = optionsOf('declare.consent', [{ id: 'yes' }, { id: 'no' }]);

/** Purpose, who sees it, until when; there is no default yes (Law 91/2025/QH15; peers.md 5.10). */
export function* askConsent(ask: Ask): Asking<boolean> {
  return (
    (yield* ask.choice('consent', YES_OR_NO, {
      hidden: true,
      help: true,
      values: { days: RETENTION_DAYS },
    })) === 'yes'
  );
}
