import { smsOf } from '../sms/segments.ts';
import { unaccented } from '../sms/unaccented.ts';
import type { CampaignPlan } from './campaign.ts';

/** A text as it goes out by SMS, and what it takes of the budget. */
export type SmsText = ReturnType<typeof smsOf>;

/** Every message of a campaign says how to stop it (Decree 91/2020/NĐ-CP asks so of advertising; we do it anyway). */
const STOP = { marked: 'Từ chối: soạn DUNG', plain: 'Tu choi: soan DUNG' } as const;

/** With the words that tell how to stop it: they cost as well. */
export const smsText = ({ text, accented }: Pick<CampaignPlan, 'text' | 'accented'>): SmsText =>
  smsOf(accented ? `${text}\n${STOP.marked}` : `${unaccented(text)}\n${STOP.plain}`);
