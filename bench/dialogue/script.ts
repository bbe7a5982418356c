/** What a person says, and a part of the reply they wait for. */
export interface Said {
  readonly text: string;
  readonly expect: string;
}

export type Script = readonly Said[];

export const THANKS = 'Cảm ơn';
const BEGIN = '/khaibao';

/** Answers name their question: a misplaced one is seen. */
export const answersOf = (questions: number): readonly string[] =>
  Array.from({ length: questions }, (_, at) => `A${at + 1}`);

/** A declaration of so many questions, from the answer after `answered` on; -1 begins it. */
export const declaration = (questions: number, answered = -1): Script => {
  const said = [BEGIN, ...answersOf(questions)].slice(answered + 1);
  return said.map((text, at) => {
    const next = answered + at + 2;
    return { text, expect: next > questions ? THANKS : `Câu ${next}/${questions}` };
  });
};

/** The real declaration of the whole app, typed, by somebody who has never declared. */
export const REAL: Script = [
  { text: 'khai báo', expect: 'đồng ý không' },
  { text: 'đồng ý', expect: 'khai cho ai' },
  { text: 'cho tôi', expect: 'thẻ căn cước' },
  { text: 'không có', expect: 'Họ và tên' },
  { text: 'Lò Thị Mẫu', expect: 'Ngày sinh' },
  { text: '15/3/1990', expect: 'Giới tính' },
  { text: 'nữ', expect: 'Số căn cước' },
  { text: '099190001234', expect: 'Số điện thoại' },
  { text: '0912 345 678', expect: 'Nơi ở' },
  { text: 'bản Nà Cang, xã Nậm Hàng', expect: 'từ đâu đến đâu' },
  { text: 'Hà Nội đến Than Uyên', expect: 'Đi bằng gì' },
  { text: 'xe khách', expect: 'Biển số' },
  { text: '29B-123.45 ghế 12', expect: 'Ngày đi' },
  { text: 'hôm nay', expect: 'ở lại đâu' },
  { text: '1', expect: 'dấu hiệu nào' },
  { text: 'không', expect: 'điều nào' },
  { text: 'không', expect: 'đã đúng chưa' },
  { text: 'gửi', expect: 'Mã tra cứu' },
];
