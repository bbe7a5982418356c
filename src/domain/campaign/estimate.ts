import type { CampaignPlan } from './campaign.ts';
import { windowOf } from './days.ts';
import { type SmsText, smsText } from './smsText.ts';

/** Recipients as they were counted; `exact` is false when only a part was looked at. */
export interface Counted {
  readonly total: number;
  /** By the channel the first day goes over. */
  readonly channels: Readonly<Record<string, number>>;
  /** None of the campaign's channels is theirs. */
  readonly noChannel: number;
  readonly exact: boolean;
}

/** Messages a second that a channel takes for long; none: not known to have a limit. */
export type RateOf = (channel: string) => number | undefined;

export interface Estimate extends Counted {
  readonly sms: SmsText;
  /** Segments of SMS on each day, and over all days. */
  readonly segments: number;
  readonly allSegments: number;
  /** VND over all days, at the price of a segment; absent where no price is known. */
  readonly cost?: number;
  /** Seconds a day takes: channels work beside each other. */
  readonly seconds: number;
  /** Whether a day is long enough for it. */
  readonly fits: boolean;
}

/** What costs money is counted at its worst: nobody declares, everybody is written to on each day. */
export const estimateOf = (plan: CampaignPlan, counted: Counted, rate: RateOf): Estimate => {
  const sms = smsText(plan);
  const segments = (counted.channels.sms ?? 0) * sms.segments;
  const times = Object.entries(counted.channels).map(([channel, count]) => {
    const perSecond = rate(channel);
    const cost = channel === 'sms' ? sms.segments : 1;
    return perSecond === undefined ? 0 : (count * cost) / perSecond;
  });
  const seconds = Math.ceil(Math.max(0, ...times));
  const allSegments = segments * plan.days;
  return {
    ...counted,
    sms,
    segments,
    allSegments,
    ...(plan.price === undefined ? {} : { cost: allSegments * plan.price }),
    seconds,
    fits: seconds * 1000 <= windowOf(plan),
  };
};
