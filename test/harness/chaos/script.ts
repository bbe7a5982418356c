/** One answer of the talk: what is typed, and the choice that says the same. */
export interface Answer {
  readonly text: string;
  readonly press?: string;
  /** Choices that may be ticked one by one instead, in any order, and then "xong"; twice takes the tick away. */
  readonly ticks?: readonly string[];
}

/** A made-up person; everything about them that is unique follows from their number. */
export interface Citizen {
  readonly number: number;
  readonly sick: boolean;
}

const DIGITS = ['Không', 'Một', 'Hai', 'Ba', 'Bốn', 'Năm', 'Sáu', 'Bảy', 'Tám', 'Chín'];

export const nameOf = ({ number }: Citizen): string =>
  `Lò Thị ${[...String(number)].map((digit) => DIGITS[Number(digit)]).join(' ')}`;

const six = (number: number): string => String(number).padStart(6, '0');
export const idNumberOf = ({ number }: Citizen): string => `099190${six(number)}`;
export const phoneOf = ({ number }: Citizen): string => `0912${six(number)}`;
export const seatOf = ({ number }: Citizen): string => String((number % 40) + 1);
export const noteOf = ({ number }: Citizen): string => `Khó khăn số ${number} của tôi`;

/** Comes to the same in any order, as long as each counts once. */
const TICKS = ['fatigue', 'rash', 'diarrhoea', 'fever', 'soreThroat', 'diarrhoea', 'rash', 'fever'];

const health = ({ sick }: Citizen): Answer =>
  sick ? { text: 'sốt, khó thở' } : { text: 'mệt, đau họng', ticks: TICKS };

/** One day for all, said as a date: a run may last past midnight. */
const TODAY = new Intl.DateTimeFormat('vi-VN', { timeZone: 'Asia/Ho_Chi_Minh' }).format(new Date());

/** The whole talk of one person: a declaration, and then what was hard about it. */
export const scriptOf = (citizen: Citizen): readonly Answer[] => [
  { text: 'khai báo' },
  { text: 'đồng ý', press: 'yes' },
  { text: 'cho tôi', press: 'me' },
  { text: 'không có', press: 'typed' },
  { text: nameOf(citizen) },
  { text: '15/3/1990' },
  { text: 'nữ', press: 'female' },
  { text: idNumberOf(citizen) },
  { text: phoneOf(citizen) },
  { text: 'bản Nà Cang, xã Nậm Hàng' },
  { text: 'Lào Cai đến Than Uyên' },
  { text: 'xe khách', press: 'coach' },
  { text: `29B-123.45 ghế ${seatOf(citizen)}` },
  { text: TODAY },
  { text: '1', press: 'there' },
  health(citizen),
  { text: 'không' },
  { text: 'gửi' },
  { text: 'phản ánh' },
  { text: 'qua chốt kiểm soát', press: 'checkpoint' },
  { text: noteOf(citizen) },
  { text: 'bỏ qua' },
];
