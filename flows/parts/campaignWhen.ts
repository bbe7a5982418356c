import type { Ask } from '../../src/dialogue/ask.ts';
import type { Asking } from '../../src/dialogue/flow.ts';
import { optionsOf } from '../../src/dialogue/question/choice.ts';
import type { Option } from '../../src/dialogue/question/question.ts';
import { line } from '../../src/dialogue/say.ts';
import { MOST_AHEAD, USUAL_PLAN } from '../../src/domain/campaign/campaign.ts';
import { parseDays, parseHours, writeHours, writeMinutes } from '../../src/domain/campaign/hours.ts';
import { CLOSES, OPENS } from '../../src/domain/quietHours.ts';

/** When a campaign is sent, as far as it is not as usual: 'YYYY-MM-DD', days in a row, "08:00-20:00". */
type When = Readonly<Record<string, string | number>>;

const USUAL = {
  days: USUAL_PLAN.days,
  opens: writeMinutes(USUAL_PLAN.opens),
  closes: writeMinutes(USUAL_PLAN.closes),
};

const WHEN = optionsOf('campaignWhen', [
  { id: 'usual', words: ['co', 'dung', 'duoc', 'dong y', 'yes', 'ok'] },
  { id: 'change', words: ['khong', 'chua', 'doi', 'no'] },
]);

/** The number of a button is its number of days, so that a typed "3" means three however it is taken. */
const DAYS: readonly Option[] = [1, 2, 3, 4, 5].map((days) => ({
  id: String(days),
  value: days,
  label: line('campaignWhen.days', { days }),
}));

const HOURS: readonly Option[] = [USUAL_PLAN, { opens: OPENS, closes: CLOSES }].map((hours) => {
  const value = writeHours(hours);
  return { id: value, value, label: value };
});

/** Days and hours as they usually are, to be taken or changed; what is changed is checked as it is typed. */
export function* askWhen(ask: Ask): Asking<When> {
  if ((yield* ask.choice('when', WHEN, { values: USUAL })) === 'usual') return {};
  const ahead = { back: 0, ahead: MOST_AHEAD, range: 'problem.campaignFrom' };
  const from = yield* ask.date('from', { ...ahead, quick: [0, 1, 2] });
  const days = yield* ask.text('days', parseDays, { options: DAYS, written: String, usual: USUAL.days });
  const hours = yield* ask.text('hours', parseHours, { options: HOURS, usual: writeHours(USUAL_PLAN) });
  return { from, days, hours };
}
