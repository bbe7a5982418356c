import { expect, test } from '@jest/globals';
import { reasonLine } from '../../../src/domain/risk/reason.ts';
import { renderer } from '../../harness/talk.ts';

test.each([
  ['vi', '39.0', 'thân nhiệt 39,0 °C khi đang được theo dõi'],
  ['vi', '38.2', 'thân nhiệt 38,2 °C khi đang được theo dõi'],
  ['en', '39.0', 'a temperature of 39.0 °C while being watched'],
] as const)('in %s a temperature of %s reads as thermometers show it', (lang, temperature, said) => {
  const reason = { key: 'followUp.reason.temperature', values: { temperature } };
  expect(renderer.line(lang, reasonLine(reason))).toBe(said);
});
