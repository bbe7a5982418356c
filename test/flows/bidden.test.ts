import { expect, test } from '@jest/globals';
import { CATALOGUES } from '../../locales/index.ts';
import type { Lang } from '../../src/domain/lang.ts';
import { engineOf, Talk } from '../harness/talk.ts';
import { WORLDS } from '../harness/world.ts';

const engine = engineOf();

/** What messages outside the talk bid whoever has no buttons to type ("Gõ: …"). */
const ALL = [
  ...['campaign.declare', 'campaign.stop', 'codeEnding.declare', 'engine.resume', 'engine.drop'],
  ...['followUp.how.well', 'followUp.how.unwell', 'stopReminders.go', 'resumeReminders.go'],
  ...['movement.still', 'movement.moved', 'movement.symptoms'],
] as const;
const STAFF = [
  ...['alert.do.claim', 'alert.do.call', 'alert.do.close', 'alert.do.inbox'],
  ...['campaign.do.show', 'feedback.news.read'],
] as const;
const cases = (['vi', 'en'] as const).flatMap((lang: Lang) => [
  ...ALL.map((key) => ['one declaration', lang, key, CATALOGUES[lang][key]] as const),
  ...STAFF.map((key) => ['leader', lang, key, CATALOGUES[lang][key]] as const),
]);

test.each(cases)('%s, %s: %s is understood when it is typed: %s', (name, lang, _, label) => {
  const talk = new Talk(WORLDS[name], engine, lang);
  if (name === 'leader') talk.text('NV-7K3M-9PVT');
  else talk.texts('/khaibao', '1', '1', '1', 'Lò Thị Mẩy', '/menu');
  talk.text(label ?? '');
  expect(talk.outcome).not.toBe('unknown');
});
