import { type CampaignPlan, USUAL_PLAN } from '../../src/domain/campaign/campaign.ts';
import type { CampaignDay } from '../../src/domain/campaign/days.ts';

export const ID = 'CBENCH';
export const FIRST = '2026-11-24';
export const PLAN: CampaignPlan = {
  ...USUAL_PLAN,
  text: 'Đề nghị anh/chị khai báo y tế khi về từ vùng dịch.',
  audience: { kind: 'list' },
  channels: ['sms'],
};

/** One day to be planned; what is in the process that plans comes with it. */
export interface ToPlan {
  readonly plan: CampaignPlan;
  readonly days: readonly CampaignDay[];
  readonly n: number;
}

/** What planning a day took: ms, and the most memory the process had so far (bytes). */
export interface Planned {
  readonly ms: number;
  readonly rss: number;
}
