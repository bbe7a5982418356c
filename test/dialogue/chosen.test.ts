import { expect, test } from '@jest/globals';
import { meansOptions } from '../../flows/parts/vehicle.ts';
import type { Ask } from '../../src/dialogue/ask.ts';
import type { Asking } from '../../src/dialogue/flow.ts';
import { told, toy, toyTalk } from '../harness/flows.ts';

const body = function* (ask: Ask): Asking<unknown> {
  return yield* ask.choices('q', meansOptions);
};

/** What was typed into a list of several, what was taken, and what is said of it before the next question. */
test.each<[string, readonly string[], unknown]>([
  ['xe kh', ['coach'], { list: [{ key: 'means.coach' }] }],
  ['1, 3', ['coach', 'motorbike'], { list: [{ key: 'means.coach' }, { key: 'means.motorbike' }] }],
  ['tàu', ['train'], { list: [{ key: 'means.train' }] }],
  // It reads as it was typed, or nothing was chosen.
  ['xe khach', ['coach'], undefined],
  ['Xe khách, Xe máy', ['coach', 'motorbike'], undefined],
  ['không', [], undefined],
])('%j', (typed, taken, said) => {
  const talk = toyTalk([toy('f', body)]);
  talk.text(typed);
  expect(told(talk)).toEqual(taken);
  const notes = talk.said.flatMap((say) => say.notes).filter(({ key }) => key === 'engine.chosen');
  expect(notes).toEqual(said === undefined ? [] : [{ key: 'engine.chosen', values: { value: said } }]);
});
