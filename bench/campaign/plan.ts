import { type CampaignPlan, USUAL_PLAN } from '../../src/domain/campaign/campaign.ts';

/** What the measurement and the process that plans both know. */
export const ID = 'CBENCH';
export const FIRST = '2026-11-24';
export const PLAN: CampaignPlan = {
  ...USUAL_PLAN,
  text: 'Đề nghị anh/chị khai báo y tế khi về từ vùng dịch.',
  audience: { kind: 'list' },
  channels: ['sms'],
};

/** What planning a day took: ms, and the most memory the process had so far (bytes). */
export interface Planned {
  readonly ms: number;
  readonly rss: number;
}
