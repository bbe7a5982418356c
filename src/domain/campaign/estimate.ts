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

/** Messages a second that a channel takes for long; undefined: it is not known. */
export type RateOf = (channel: string) => number | undefined;

export interface Estimate extends Counted {
  readonly sms: SmsText;
  /** Segments of SMS on each day, and over all days. */
  readonly segments: number;
  readonly allSegments: number;
  /** VND over all days, at the price of a segment; absent where no price is known. */
  readonly cost?: number;
  /** Seconds a day takes over the channels whose rate is known, which work beside each other; absent without one. */
  readonly seconds?: number;
  /** Channels with recipients, of which nobody knows how long they take. */
  readonly unknown: readonly string[];
  /** Whether a day is long enough for it, as far as that is known. */
  readonly fits: boolean;
}

/** Seconds each channel takes, and those of which that is not known. */
const timesOf = ({ channels }: Counted, sms: SmsText, rate: RateOf) => {
  const used = Object.entries(channels).filter(([, count]) => count > 0);
  const times = used.flatMap(([channel, count]) => {
    const perSecond = rate(channel);
    const each = channel === 'sms' ? sms.segments : 1;
    return perSecond === undefined ? [] : [(count * each) / perSecond];
  });
  const unknown = used.map(([channel]) => channel).filter((channel) => rate(channel) === undefined);
  return { times, unknown };
};

/** What costs money is counted at its worst: nobody declares, everybody is written to on each day. */
export const estimateOf = (plan: CampaignPlan, counted: Counted, rate: RateOf): Estimate => {
  const sms = smsText(plan);
  const segments = (counted.channels.sms ?? 0) * sms.segments;
  const { times, unknown } = timesOf(counted, sms, rate);
  const seconds = Math.ceil(Math.max(0, ...times));
  const allSegments = segments * plan.days;
  return {
    ...counted,
    sms,
    segments,
    allSegments,
    ...(plan.price === undefined ? {} : { cost: allSegments * plan.price }),
    ...(times.length === 0 ? {} : { seconds }),
    unknown,
    fits: seconds * 1000 <= windowOf(plan),
  };
};
