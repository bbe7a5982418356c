import { costOf, type Tariff } from '../sms/tariff.ts';
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
  /** VND over all days, at the price of a segment. */
  readonly cost: number;
  /** Whose price that is; absent where it is the plan's own. */
  readonly source?: string;
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

/** At the price that stands in the province's contract; where nobody gave it, at the one that came with the program. */
const priced = ({ price }: CampaignPlan, sms: SmsText, messages: number, tariff: Tariff) =>
  price === undefined
    ? { cost: costOf(sms, messages, tariff), source: tariff.source }
    : { cost: costOf(sms, messages, { perSegment: { gsm7: price, ucs2: price } }) };

/** What costs money is counted at its worst: nobody declares, everybody is written to on each day. */
export const estimateOf = (plan: CampaignPlan, counted: Counted, rate: RateOf, tariff: Tariff): Estimate => {
  const sms = smsText(plan);
  const { sms: to = 0 } = counted.channels;
  const segments = to * sms.segments;
  const { times, unknown } = timesOf(counted, sms, rate);
  const seconds = Math.ceil(Math.max(0, ...times));
  return {
    ...counted,
    sms,
    segments,
    allSegments: segments * plan.days,
    ...priced(plan, sms, to * plan.days, tariff),
    ...(times.length === 0 ? {} : { seconds }),
    unknown,
    fits: seconds * 1000 <= windowOf(plan),
  };
};
