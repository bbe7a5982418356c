/** Whole addresses: what is the place, and what is left for house and village. */
import { describe, expect, test } from '@jest/globals';
import { ask } from './answers.ts';

describe('addresses', () => {
  test.each([
    ['bản Nà Cang, xã Nậm Hàng', '03434 + bản Nà Cang'],
    ['ban na cang xa nam hang', '03434 + ban na cang'],
    ['bản Nà Cang, xã Nậm Hàng, huyện Nậm Nhùn, tỉnh Lai Châu', '03434 + bản Nà Cang'],
    ['Số 12 tổ 5 phường Đoàn Kết', '03388 + Số 12 tổ 5'],
    ['tổ 5 Đoàn Kết', '03388 + tổ 5'],
    ['Tổ 3, phường Đoàn Kết, thành phố Lai Châu, tỉnh Lai Châu', '03388 + Tổ 3'],
    ['Thôn 1, Quảng Sơn, Ninh Sơn, Ninh Thuận', '22810 + Thôn 1 = xã Quảng Sơn'],
    ['Thôn 1, Ba, Đông Giang, Quảng Nam', '20485 + Thôn 1 = xã Ba'],
    ['P12 Q.Gò Vấp', '26882 = phường 12'],
    ['Phường 09, Quận 3, TP.HCM', '27142 = phường 9'],
    ['đường Lê Lợi, phường Tân Phong', '03408 + đường Lê Lợi'],
    ['12 Trần Phú, Hà Nội', '01 + 12 Trần Phú'],
    ['nhà em ở bản A xã Nậm Hàng ạ', '03434 + bản A'],
    ['tôi ở Than Uyên', '03595'],
    ['quê ở Mường So, Phong Thổ', '03549 = xã Mường So'],
    ['thôn 2 thuộc xã Bản Bo của huyện Tam Đường', '03424 + thôn 2'],
    ['I live in Sin Ho commune, Lai Chau province', '03478'],
    ['Lai Châu, Than Uyên, Mường Kim', '03637'],
    ['Lai Châu - Than Uyên - Mường Kim - bản Ngã Ba', '03637 + bản Ngã Ba'],
    ['tỉnh Lai Châu huyện Than Uyên xã Mường Kim bản Ngã Ba', '03637 + bản Ngã Ba'],
    ['LAI CHÂU, THAN UYÊN, MƯỜNG KIM, BẢN NGÃ BA', '03637 + BẢN NGÃ BA'],
    ['Xã Nậm Hàng, Lai Châu 30000', '03434'],
    ['Than Uyên (Lai Châu)', '03595'],
    ['Bản Bo', '03424'],
    ['bản Hon, xã Tả Lèng', '03405 + bản Hon'],
    ['bản Nà Cang, Lai Châu', '12 + bản Nà Cang'],
    ['Nà Cang, Nậm Hàng, Lai Châu', '03434 + Nà Cang'],
    ['Khách sạn Mường Thanh, Lai Châu', '12 + Khách sạn Mường Thanh'],
    ['đường 30/4, phường Đoàn Kết', '03388 + đường 30/4'],
    ['xã Không Có Thật, Lai Châu', '12 + xã Không Có Thật'],
  ])('%s → %s', (text, answer) => {
    expect(ask(text)).toBe(answer);
  });

  test('a bare word before a name that was also an old district: any commune of it may be meant', () => {
    expect(ask('Nà Cang, Than Uyên')).toBe('? 03595 03637 03640 03618 + Nà Cang');
    expect(ask('Nà Cang, xã Than Uyên')).toBe('03595 + Nà Cang');
    expect(ask('bản Nà Cang, Than Uyên')).toBe('03595 + bản Nà Cang');
  });

  test('a village or landmark of a commune’s name is confirmed, a street is not a place', () => {
    expect(ask('bản Mường Kim')).toBe('~ 03637 + bản Mường Kim');
    expect(ask('chợ Tam Đường')).toBe('~ 03390 + chợ Tam Đường');
    expect(ask('bệnh viện Sìn Hồ')).toBe('~ 03478 + bệnh viện Sìn Hồ');
    expect(ask('đường Lê Lợi')).toBe('-');
    expect(ask('số 12 Lê Lợi')).toBe('-');
  });
});

describe('card addresses with a misspelt part are confirmed', () => {
  test.each([
    ['Quảng Sơn, Ninh Sonn, Ninh Thuận', /^~ 22810 /],
    ['xã Mương Kin, huyện Than Uyên', /^~ 03637 /],
    ['Mương Kin, Than Uyên, Lai Châu', /^~ 03637 /],
    ['tan uyenn lai chau', /^~ 03598 /],
    ['tan uyen lai chauu', /^~ 03598$/],
    ['tan uyenn, lai chauu', /^~ 03598 /],
    ['Lai Chauu, Than Uyên', /^~ 03595/],
    ['Thu Lùm, Lai Châu', /^~ 03439 12$/],
  ])('%s', (text, answer) => {
    expect(ask(text)).toMatch(answer);
  });
});
