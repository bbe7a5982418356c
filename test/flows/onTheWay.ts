/** As far as the question where the journey goes. */
export const ON_THE_WAY = [
  'khai báo',
  'đồng ý',
  'tôi',
  'tôi gõ',
  'Sùng A Dế, 1960, nam, không, 0912345678',
  'Sìn Hồ',
];
