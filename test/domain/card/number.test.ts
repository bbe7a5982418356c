import { expect, test } from '@jest/globals';
import { readIdNumber } from '../../../src/domain/card/number.ts';

test.each([
  ['012090000001', { registeredAt: 12, sex: 'male', birthYear: 1990 }],
  ['012190000001', { registeredAt: 12, sex: 'female', birthYear: 1990 }],
  ['079205000001', { registeredAt: 79, sex: 'male', birthYear: 2005 }],
  ['096300000001', { registeredAt: 96, sex: 'female', birthYear: 2000 }],
  ['001400000001', { registeredAt: 1, sex: 'male', birthYear: 2100 }],
  ['001999000001', { registeredAt: 1, sex: 'female', birthYear: 2399 }],
  ['151075000001', { registeredAt: 151, sex: 'male', birthYear: 1975 }],
  ['000090000001', null],
  ['097090000001', null],
  ['01209000000', null],
  ['0120900000012', null],
  ['01209000000a', null],
  ['', null],
])('%s', (idNumber, facts) => {
  expect(readIdNumber(idNumber)).toEqual(facts);
});
