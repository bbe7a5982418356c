/** When a place is taken, and when a question is due. */
import { describe, expect, test } from '@jest/globals';
import { AT_HOME, ask, codes, gazetteer } from './answers.ts';

describe('names of two units', () => {
  test.each([
    ['Mường Than', '? 03618 03595'],
    ['xã Mường Than', '? 03618 03595'],
    ['Mường Than (cũ)', '03595 = xã Mường Than'],
    ['xã Mường Than mới', '03618'],
    ['Mường Than, Than Uyên, Lai Châu', '? 03618 03595'],
    ['Mường Tè', '? 03445 03433'],
    ['TT Mường Tè', '03433 = thị trấn Mường Tè'],
    ['tt. muong te', '03433 = thị trấn Mường Tè'],
    ['xã Mường Tè', '03445'],
    ['Nam Cha', '? 03472 03517'],
    ['Nậm Cha', '03517 = xã Nậm Cha'],
    ['Nậm Chà', '03472 = xã Nậm Chà'],
    ['Tân Uyên', '03598'],
    ['Than Uyen', '03595'],
    ['Thân Uyên', '~ 03595 03598'],
    ['Nậm Ban', '03503 = xã Nậm Ban'],
    ['Nậm Cần', '03598 = xã Nậm Cần'],
    ['Nậm Hăn', '03544 = xã Nậm Hăn'],
    ['Nậm Hàng', '03434'],
    ['Căn Co', '03538 = xã Căn Co'],
    ['Can Hồ', '03433 = xã Kan Hồ'],
    ['Mường Mô', '03472'],
    ['Mường So', '03549 = xã Mường So'],
    ['Nà Tăm', '03424 = xã Nà Tăm'],
    ['Nậm Tăm', '03517'],
  ])('%s → %s', (text, answer) => {
    expect(ask(text)).toBe(answer);
  });
});

test('on a card of before 1 July 2025 the old commune is meant', () => {
  const card = 'Bản Sang, Mường Than, Than Uyên, Lai Châu';
  expect(ask(card)).toBe('? 03618 03595 + Bản Sang');
  expect(ask(card, { oldUnits: true })).toBe('03595 + Bản Sang = xã Mường Than');
  expect(ask('xã Nậm Hàng, Lai Châu', { oldUnits: true })).toBe('03434');
});

describe('old districts', () => {
  test('a bare name is the commune of today, and says that the district had it too', () => {
    const sinHo = gazetteer.resolve('Sìn Hồ', AT_HOME);
    expect(sinHo).toMatchObject({
      kind: 'one',
      place: { code: '03478', path: '12/03478' },
      district: 'huyện Sìn Hồ',
    });
    expect(gazetteer.resolve('xã Sìn Hồ', AT_HOME)).not.toHaveProperty('district');
  });

  test('where the commune must be known, the bare name is asked about: itself first', () => {
    const sinHo = gazetteer.resolve('Sìn Hồ', { within: '12', at: 'commune' });
    expect(sinHo).toMatchObject({ kind: 'several', more: 1 });
    expect(codes(sinHo)[0]).toBe('03478');
    expect(ask('xã Sìn Hồ', { within: '12', at: 'commune' })).toBe('03478');
    expect(ask('Than Uyên', { within: '12', at: 'commune' })).toBe('? 03595 03637 03640 03618');
  });

  test('a district named as such is a question, with the province as the way out', () => {
    expect(ask('huyện Than Uyên')).toBe('? 03595 03637 03640 03618 12');
    expect(ask('h. Than Uyên', { within: '12', at: 'commune' })).toBe('? 03595 03637 03640 03618');
    expect(ask('thành phố Lai Châu')).toBe('? 03388 03408 12');
    expect(ask('bản Pá Mu, huyện Than Uyên')).toBe('? 03595 03637 03640 03618 12 + bản Pá Mu');
    expect(gazetteer.resolve('huyện Sìn Hồ', AT_HOME)).toMatchObject({ kind: 'several', more: 2 });
  });

  test.each([
    'Lai Châu',
    'Tam Đường',
    'Mường Tè',
    'Sìn Hồ',
    'Phong Thổ',
    'Than Uyên',
    'Tân Uyên',
    'Nậm Nhùn',
  ])('%s as a district asks between its communes', (name) => {
    const resolution = gazetteer.resolve(`${name === 'Lai Châu' ? 'tp' : 'huyện'} ${name}`, AT_HOME);
    expect(resolution.kind).toBe('several');
    expect(
      codes(resolution)
        .slice(0, 2)
        .every((code) => gazetteer.get(code)?.path.startsWith('12/')),
    ).toBe(true);
  });
});

describe('provinces', () => {
  test.each([
    ['Lai Châu', '12'],
    ['tỉnh lai chau', '12'],
    ['Yên Bái', '15 = tỉnh Yên Bái'],
    ['Hà Giang', '08 = tỉnh Hà Giang'],
    ['ha noi', '01'],
    ['HN', '01'],
    ['Hanoi city', '01'],
    ['HCM', '79'],
    ['TP.HCM', '79'],
    ['Sài Gòn', '79'],
    ['Ho Chi Minh City', '79'],
    ['Huế', '46'],
    ['Thừa Thiên - Huế', '46'],
    ['Bà Rịa - Vũng Tàu', '79 = tỉnh Bà Rịa - Vũng Tàu'],
    ['dak lak', '66'],
    ['LC', '~ 12 15'],
    ['qn', '~ 22 51 48'],
    ['Yên Bái, Lào Cai', '? 04252 15'],
    ['phường Yên Bái', '04252'],
    ['Hòa Bình', '25 = tỉnh Hoà Bình'],
  ])('%s → %s', (text, answer) => {
    expect(ask(text)).toBe(answer);
  });

  test('when a province is all that is asked, a commune answers with it', () => {
    const at = { within: '12', at: 'province' } as const;
    expect(ask('Mường Than', at)).toBe('12');
    expect(ask('huyện Sìn Hồ', at)).toBe('12');
    expect(ask('Đà Lạt', at)).toBe('68');
    expect(ask('Yên Bái', at)).toBe('15 = tỉnh Yên Bái');
  });

  test('a province named beats the home province', () => {
    expect(ask('Tả Phìn', AT_HOME)).toBe('03478 = xã Tả Phìn');
    expect(ask('Tả Phìn, Lào Cai', AT_HOME)).toBe('03013');
    expect(ask('Mường Than, Lào Cai')).toBe('? 15 03618 03595');
    expect(ask('Sìn Hồ, Lào Cai')).toBe('? 15 03478');
    expect(ask('Mường Kim, Sìn Hồ, Lai Châu')).toBe('? 03478 03637');
  });

  test('homonyms across the country are asked about; home comes first when it is given', () => {
    expect(gazetteer.resolve('Tân Phong', AT_HOME)).toMatchObject({ kind: 'one', place: { code: '03408' } });
    const anywhere = gazetteer.resolve('Tân Phong');
    expect(anywhere).toMatchObject({ kind: 'several' });
    expect(anywhere.kind === 'several' && anywhere.places.length + anywhere.more).toBeGreaterThan(8);
    expect(ask('Nậm Cắn')).toBe('~ 16837 03598');
    expect(ask('xã Đông Phong')).toMatch(/^~ 03408 /);
  });
});

describe('foreign countries', () => {
  test.each([
    ['Trung Quốc', 'CN'],
    ['trung quoc', 'CN'],
    ['Vân Nam', 'CN + Vân Nam'],
    ['Hà Khẩu, Vân Nam, Trung Quốc', 'CN + Hà Khẩu, Vân Nam'],
    ['Yunnan, China', 'CN + Yunnan'],
    ['Lào', 'LA'],
    ['lao', '~ LA'],
    ['Viêng Chăn, Lào', 'LA + Viêng Chăn'],
    ['Thái Lan', 'TH'],
    ['Campuchia', 'KH'],
    ['Myanmar', 'MM'],
    ['Hàn Quốc', 'KR'],
    ['Nhật Bản', 'JP'],
    ['nước Nga', 'RU'],
    ['Việt Nam', 'VN'],
    ['Than Uyên, Lai Châu, Việt Nam', '03595'],
    ['Vân Nam, Phúc Thọ, Hà Nội', '09739 = xã Vân Nam'],
  ])('%s → %s', (text, answer) => {
    expect(ask(text)).toBe(answer);
  });
});
