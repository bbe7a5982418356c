import { expect, test } from '@jest/globals';
import { AT_HOME, gazetteer, line } from './answers.ts';

test.each([
  ['Hà Nội đến Than Uyên', '01', '03595'],
  ['từ Hà Nội về Than Uyên', '01', '03595'],
  ['tôi đi từ Hà Nội lên Sìn Hồ', '01', '03478'],
  ['hn - than uyen', '01', '03595'],
  ['Hà Nội – Than Uyên', '01', '03595'],
  ['Hà Nội -> Lai Châu', '01', '12'],
  ['from Hanoi to Sin Ho', '01', '03478'],
  ['to Sin Ho from Hanoi', '01', '03478'],
  ['về Than Uyên từ Bắc Ninh', '24', '03595'],
  ['ha noi than uyen', '01', '03595'],
  ['xe khách Hà Nội đi Lai Châu', '01', '12'],
  ['Bà Rịa - Vũng Tàu đi Sìn Hồ', '79 = tỉnh Bà Rịa - Vũng Tàu', '03478'],
  ['Vân Nam về Phong Thổ', 'CN + Vân Nam', '03549'],
  ['Sài Gòn ra Mường Tè', '79', '? 03445 03433'],
  ['Hà Nội đến Thann Uyên', '01', '~ 03595 03598 08443'],
  ['Bản Bo, Tam Đường, Lai Châu đến phường Sa Pa, Lào Cai', '03424', '03006'],
])('%s', (text, from, to) => {
  const route = gazetteer.route(text, AT_HOME);
  expect([route && line(route.from), route && line(route.to)]).toEqual([from, to]);
});

test.each([
  'Hà Nội',
  'Bà Rịa - Vũng Tàu',
  'Than Uyên, Lai Châu',
  'Sa Pa - Lào Cai',
  'không biết',
  '',
  'đến',
  'từ - đến',
  '😀 - 😀',
])('%s is no route', (text) => {
  expect(gazetteer.route(text, AT_HOME)).toBeNull();
});
