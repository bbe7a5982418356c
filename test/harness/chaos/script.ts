/** One answer of the talk: what is typed, the choice that says the same, and what must be heard after it. */
export interface Answer {
  readonly text: string;
  readonly press?: string;
  readonly hears: string;
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
const TICKS = ['fatigue', 'rash', 'diarrhoea', 'soreThroat', 'diarrhoea', 'rash'];

const health = ({ sick }: Citizen): Answer =>
  sick
    ? { text: 'sốt, khó thở', hears: 'điều nào' }
    : { text: 'mệt, đau họng', hears: 'điều nào', ticks: TICKS };

/** The whole talk of one person: a declaration, and then what was hard about it. */
export const scriptOf = (citizen: Citizen): readonly Answer[] => [
  { text: 'khai báo', hears: 'đồng ý không' },
  { text: 'đồng ý', press: 'yes', hears: 'khai cho ai' },
  { text: 'cho tôi', press: 'me', hears: 'thẻ căn cước' },
  { text: 'không có', press: 'typed', hears: 'Họ và tên' },
  { text: nameOf(citizen), hears: 'Ngày sinh' },
  { text: '15/3/1990', hears: 'Giới tính' },
  { text: 'nữ', press: 'female', hears: 'Số căn cước' },
  { text: idNumberOf(citizen), hears: 'Số điện thoại' },
  { text: phoneOf(citizen), hears: 'Nơi ở' },
  { text: 'bản Nà Cang, xã Nậm Hàng', hears: 'từ đâu đến đâu' },
  { text: 'Lào Cai đến Than Uyên', hears: 'Đi bằng gì' },
  { text: 'xe khách', press: 'coach', hears: 'Biển số' },
  { text: `29B-123.45 ghế ${seatOf(citizen)}`, hears: 'Ngày đi' },
  { text: 'hôm nay', hears: 'ở lại đâu' },
  { text: '1', press: 'there', hears: 'dấu hiệu nào' },
  health(citizen),
  { text: 'không', hears: 'đã đúng chưa' },
  { text: 'gửi', hears: 'Mã tra cứu' },
  { text: 'phản ánh', hears: 'khó khăn về việc gì' },
  { text: 'qua chốt kiểm soát', press: 'checkpoint', hears: 'Mời viết cụ thể' },
  { text: noteOf(citizen), hears: 'điện thoại' },
  { text: 'bỏ qua', hears: 'Đã nhận phản ánh' },
];
