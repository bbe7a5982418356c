import { expect, test } from '@jest/globals';
import { USUAL_PLAN } from '../../../src/domain/campaign/campaign.ts';
import { parseChannels } from '../../../src/domain/campaign/channels.ts';

const NONE = 'problem.campaignChannels';
const TWO = ['telegram', 'web'];

test.each<[string, readonly string[], readonly string[] | string]>([
  ['sms,telegram', USUAL_PLAN.channels, ['sms', 'telegram']],
  ['Trang web, rồi Telegram', TWO, ['web', 'telegram']],
  ['web → teams → tin nhắn SMS', USUAL_PLAN.channels, ['web', 'botframework', 'sms']],
  ['Web Chat, web', USUAL_PLAN.channels, ['botframework', 'web']],
  ['botframework web', USUAL_PLAN.channels, ['botframework', 'web']],
  ['Telegram', TWO, ['telegram']],
  ['sms', TWO, NONE],
  ['telegram, telegram', TWO, NONE],
  ['telegram, zalo', TWO, NONE],
  ['telegrams', TWO, NONE],
  [', ', TWO, NONE],
  ['', TWO, NONE],
])('channels "%s" of %j: %j', (raw, known, kept) => {
  const parsed = parseChannels(known)(raw);
  expect(parsed.ok ? parsed.value : parsed.problem.key).toEqual(kept);
  if (parsed.ok) expect(parseChannels(known)(parsed.value.join(', '))).toEqual(parsed); // what is kept is read again
});
