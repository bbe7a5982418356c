import { expect, test } from '@jest/globals';
import { CATALOGUES } from '../../../locales/index.ts';
import { WHY_NOT, whyNot } from '../../../src/domain/campaign/whyNot.ts';

test.each([
  ['no-channel', 'noChannel'],
  ['no-such-chat', 'noChannel'],
  ['blocked', 'blocked'],
  ['telegram.403', 'blocked'],
  ['connector-404', 'blocked'],
  ['telegram.404', 'channel'], // the token, not the chat
  ['late', 'late'],
  ['not-planned', 'notPlanned'],
  ['held', 'held'],
  ['telegram.429', 'late'],
  ['unknown', 'channel'],
  ['telegram.no-answer', 'channel'],
  ['telegram.502', 'channel'],
  ['connector-slow', 'channel'],
  ['channel-off', 'channel'],
  ['campaign-stopped', 'stopped'],
  ['telegram.400', 'other'],
  ['', 'other'],
])('%s is told as %s', (reason, why) => {
  expect(whyNot(reason)).toBe(why);
});

test('every reason has its words in both languages', () => {
  for (const why of WHY_NOT)
    for (const catalogue of Object.values(CATALOGUES))
      expect(catalogue).toHaveProperty([`campaign.why.${why}`]);
});
