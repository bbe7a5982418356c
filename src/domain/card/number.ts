export type Sex = 'male' | 'female' | 'other';

/**
 * The personal identification number: 12 digits = 3 for the province (or country) where the birth was registered,
 * 1 for century and sex, 2 for the year of birth, 6 at random. Decree 137/2015/NĐ-CP article 13, Circular
 * 07/2016/TT-BCA article 7 with its annexes; Circular 59/2021/TT-BCA article 4 says the same.
 */
const NUMBER = /^(\d{3})(\d)(\d{2})\d{6}$/;

/** Provinces are 001 (Hà Nội) to 096 (Cà Mau), with gaps; countries of birth abroad begin at 100. */
const LAST_PROVINCE = 96;
const FIRST_COUNTRY = 100;

export interface IdNumberFacts {
  /** 1–96 a province of before July 2025, 100–999 a foreign country. Lai Châu is 12. */
  readonly registeredAt: number;
  readonly sex: Exclude<Sex, 'other'>;
  readonly birthYear: number;
}

/** What the number says of its owner; null when no such number is given out. */
export function readIdNumber(idNumber: string): IdNumberFacts | null {
  const parts = NUMBER.exec(idNumber);
  if (!parts) return null;
  const registeredAt = Number(parts[1]);
  if (registeredAt === 0 || (registeredAt > LAST_PROVINCE && registeredAt < FIRST_COUNTRY)) return null;
  const centuryAndSex = Number(parts[2]); // 0/1 = born 1900–1999, 2/3 = 2000–2099 …; even is male, odd female
  return {
    registeredAt,
    sex: centuryAndSex % 2 === 0 ? 'male' : 'female',
    birthYear: 1900 + 100 * Math.floor(centuryAndSex / 2) + Number(parts[3]),
  };
}
