import { type Line, line } from '../../dialogue/say.ts';
import { OUTCOMES, type RecipientOutcome } from '../../domain/campaign/outcome.ts';
import { WHY_NOT, type WhyNot, whyNot } from '../../domain/campaign/whyNot.ts';
import { available } from '../../store/errors.ts';
import { CSV_END, csvLine } from '../tables/csvLine.ts';
import { type CampaignParts, recipientsAfter } from './parts.ts';
import type { Campaign } from './record.ts';

type Counts = Readonly<Record<RecipientOutcome | 'total' | 'delivered', number>>;

/** Those not reached in one place; `area` is empty where it is not known. */
export interface Unreached {
  readonly area: string;
  readonly reason: string;
  readonly count: number;
}

export interface Report {
  /**
   * By what became of them; `total` is the sum of these. `delivered`: of the `sent` and `declared` those who are known to
   * have got at least one message; most platforms tell nothing, so it may be more.
   */
  readonly counts: Counts;
  readonly unreached: readonly Unreached[];
}

interface Row {
  readonly _id: {
    readonly outcome?: string;
    readonly area?: string;
    readonly reason?: string;
    readonly delivered?: true;
  };
  readonly count: number;
}

/** Recipients by what became of them, where and why: all who have their end. */
export const reportOf = async ({ collections }: CampaignParts, { doc }: Campaign): Promise<Report> => {
  const group = { outcome: '$outcome', area: '$area', reason: '$reason', delivered: '$delivered' };
  const rows = await available(
    collections.audience
      .aggregate<Row>([
        { $match: { ...recipientsAfter(doc._id), outcome: { $exists: true } } },
        { $group: { _id: group, count: { $sum: 1 } } },
        { $sort: { '_id.area': 1, '_id.reason': 1 } },
      ])
      .toArray(),
    Number.POSITIVE_INFINITY,
  );
  const sum = (of: readonly Row[]): number => of.reduce((all, { count }) => all + count, 0);
  const of = (outcome: string) => rows.filter(({ _id }) => _id.outcome === outcome);
  const delivered = sum(rows.filter(({ _id }) => _id.delivered === true));
  const counts = OUTCOMES.map((outcome) => [outcome, sum(of(outcome))] as const);
  const unreached = of('unreached').map(({ _id: { area = '', reason = '' }, count }) => ({
    area,
    reason,
    count,
  }));
  return { counts: { ...Object.fromEntries(counts), total: sum(rows), delivered } as Counts, unreached };
};

/** Why so many were not reached, in the order of the reasons; nothing where everybody was. */
const whyLines = (unreached: Report['unreached']): readonly Line[] => {
  const count = (why: WhyNot): number =>
    unreached.reduce((sum, one) => sum + (whyNot(one.reason) === why ? one.count : 0), 0);
  const reasons = WHY_NOT.filter((why) => count(why) > 0).map((why) =>
    line('campaign.whyCount', { why: line(`campaign.why.${why}`), count: { count: count(why) } }),
  );
  return reasons.length === 0 ? [] : [line('campaign.resultWhy', { reasons: { list: reasons } })];
};

/** What came of it, for whoever sent it. `messaged`: all it was sent to, whatever they did then. */
export const resultLines = ({ counts, unreached }: Report): readonly Line[] => {
  const all = Object.entries({ ...counts, messaged: counts.sent + counts.declared });
  const values = Object.fromEntries(all.map(([name, count]) => [name, { count }] as const));
  return [
    line('campaign.result', values),
    line('campaign.resultDelivered', values),
    line('campaign.resultOthers', values),
    ...whyLines(unreached),
  ];
};

/** The unreached by commune as a table for a spreadsheet; `name`: of an area. */
export const unreachedCsv = ({ unreached }: Report, name: (area: string) => string): string => {
  const rows = unreached.map(({ area, reason, count }) => [
    area.split('/').at(-1) ?? '',
    name(area),
    reason,
    count,
  ]);
  return [['code', 'place', 'reason', 'count'], ...rows].map(csvLine).join(CSV_END);
};
