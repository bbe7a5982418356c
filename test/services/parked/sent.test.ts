import { expect, test } from '@jest/globals';
import type { Event } from '../../../src/dialogue/event.ts';
import { type Sent, sentOf } from '../../../src/services/parked/sent.ts';

test.each<readonly [Event, Sent]>([
  [
    { type: 'text', text: 'sốt, ho' },
    { kind: 'text', held: 'sốt, ho' },
  ],
  [
    { type: 'choice', ids: ['fever', 'cough'], turn: 3 },
    { kind: 'choice', held: 'fever, cough' },
  ],
  [
    { type: 'photo', ref: 'AgAC', bytes: 81_234, caption: 'thẻ' },
    { kind: 'photo', held: 'thẻ, 82 kB' },
  ],
  [
    { type: 'file', ref: 'BQAC', name: 'so.csv', bytes: 1_200 },
    { kind: 'file', held: 'so.csv, 2 kB' },
  ],
  [
    { type: 'photo', ref: 'AgAC' },
    { kind: 'photo', held: '' },
  ],
  [
    { type: 'contact', phone: '+84912345678', own: true },
    { kind: 'contact', held: '+84912345678' },
  ],
  [
    { type: 'location', lat: 22.39, lon: 103.46 },
    { kind: 'location', held: '22.39, 103.46' },
  ],
  [
    { type: 'command', name: 'start', argument: 'v_29B12345' },
    { kind: 'command', held: 'start v_29B12345' },
  ],
  [
    { type: 'command', name: 'help' },
    { kind: 'command', held: 'help' },
  ],
  [
    { type: 'unsupported', what: 'sticker' },
    { kind: 'unsupported', held: 'sticker' },
  ],
  [
    { type: 'worked', work: 'c:1:0', value: { name: 'An' } },
    { kind: 'worked', held: '{"name":"An"}' },
  ],
  [
    { type: 'worked', work: 'c:1:0', problem: { key: 'work.lost' } },
    { kind: 'worked', held: 'work.lost' },
  ],
  [
    { type: 'result', call: 'c', value: 1 },
    { kind: 'own', held: 'result' },
  ],
])('%j', (event, sent) => {
  expect(sentOf(event)).toEqual(sent);
});
