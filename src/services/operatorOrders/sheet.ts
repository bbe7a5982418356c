import { dayOf } from '../../domain/day.ts';
import { plainDay } from '../../domain/operatorOrder.ts';
import { smsOf } from '../../domain/sms/segments.ts';
import type { OperatorOrderDoc } from '../../store/operatorOrders.ts';
import type { Operator, OrderBook } from './book.ts';
import { docx, grid, PAGE_WIDTH, paragraph, rule } from './docx.ts';

/** What is asked for, as it is to be read in the letter. */
export interface SheetParts {
  readonly order: OperatorOrderDoc;
  readonly operator: Operator;
  readonly issuer: OrderBook['issuer'];
  /** Full names of the areas. */
  readonly areas: readonly string[];
  /** An exercise: the letter says so, and is not to be sent. */
  readonly training: boolean;
}

const LEFT = 3_700;
const WIDTHS = [LEFT, PAGE_WIDTH - LEFT];

const centred = (
  text: string,
  size: number,
  more: { bold?: boolean; italic?: boolean; before?: number } = {},
) => paragraph(text, { align: 'center', size, ...more });

/** "ngày 05 tháng 02 năm 2026": days below 10 and January and February are written with a nought. */
const writtenDay = (day: string): string => {
  const [year, month = '', date] = day.split('-');
  return `ngày ${date} tháng ${Number(month) > 2 ? Number(month) : month} năm ${year}`;
};

/** Head of an official letter: appendix I of Decree 30/2020/NĐ-CP. */
const head = ({ order, issuer }: SheetParts): string => {
  const approved = dayOf((order.approvedAt ?? order.orderedAt).getTime());
  const left = [
    centred(issuer.over, 13),
    centred(issuer.office, 13, { bold: true }),
    rule(1_250, 1_250),
    centred(`Số: ${order.letter ?? '        '}/${issuer.symbol}`, 13),
    centred(issuer.subject, 12, { before: 6 }),
  ];
  const right = [
    centred('CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM', 12, { bold: true }),
    centred('Độc lập - Tự do - Hạnh phúc', 13, { bold: true }),
    rule(1_200, 1_200),
    centred(`${issuer.place}, ${writtenDay(approved)}`, 13, { italic: true, before: 6 }),
  ];
  return grid(WIDTHS, [[left.join(''), right.join('')]]);
};

const body = (text: string) => paragraph(text, { align: 'both', indent: true, before: 6 });

const SIGNS = { gsm7: 'không dấu', ucs2: 'có dấu' } as const;

/** Hours as a letter writes them: "08 giờ 00". */
const hour = (time: string): string => time.replace(':', ' giờ ');

const terms = ({ order, issuer, areas }: SheetParts): readonly string[] => {
  const { text, encoding, segments } = smsOf(order.text);
  const [first = ''] = order.days;
  const last = order.days.at(-1) ?? first;
  const row = (name: string, what: string) => [paragraph(name, { size: 13 }), paragraph(what, { size: 13 })];
  const rows = [
    row('Tên người gửi', order.sender),
    row('Nội dung', text),
    row('Độ dài', `${[...text].length} ký tự, ${SIGNS[encoding]}, ${segments} tin`),
    row('Phạm vi', `Mọi thuê bao di động tại ${areas.join('; ')}`),
    row('Thời gian', `${order.days.length} ngày, từ ${plainDay(first)} đến hết ${plainDay(last)}`),
    row('Khung giờ', `Từ ${hour(order.from)} đến ${hour(order.to)} hằng ngày`),
    row('Số lần', 'Mỗi thuê bao một lần trong một ngày'),
    row('Mã đơn', order._id),
  ];
  return [
    body(`${issuer.officeName} đề nghị Quý đơn vị gửi tin nhắn sau đến thuê bao trên địa bàn:`),
    paragraph('', { size: 6 }),
    grid([2_100, PAGE_WIDTH - 2_100], rows, true),
  ];
};

const report = ({ issuer }: SheetParts): readonly string[] => [
  body(
    `Đề nghị Quý đơn vị gửi số liệu của từng ngày về ${issuer.officeName} ${issuer.report}, theo mẫu (tệp .xlsx hoặc .csv): Ngày, Nhà mạng, Đã gửi, Thành công, Thất bại, Đang chờ; trong đó Đã gửi bằng tổng của ba cột sau.`,
  ),
  ...issuer.notes.map(body),
  body('Trân trọng cảm ơn sự phối hợp của Quý đơn vị./.'),
];

const foot = ({ issuer }: SheetParts): string => {
  const copies = ['Như trên', ...issuer.copies].map((copy) => paragraph(`- ${copy};`, { size: 11 }));
  const left = [paragraph('Nơi nhận:', { bold: true, italic: true, size: 12 }), ...copies];
  left.push(paragraph('- Lưu: VT.', { size: 11 }));
  return grid([4_700, PAGE_WIDTH - 4_700], [[left.join(''), centred(issuer.signer, 14, { bold: true })]]);
};

/** The letter (công văn) by which one operator is asked, in the form of Decree 30/2020/NĐ-CP; to be signed by hand. */
export const orderSheet = (parts: SheetParts): Buffer =>
  docx([
    ...(parts.training ? [centred('DIỄN TẬP - KHÔNG GỬI', 20, { bold: true })] : []),
    head(parts),
    paragraph(`Kính gửi: ${parts.operator.to}`, { align: 'center', before: 18, after: 6 }),
    ...terms(parts),
    ...report(parts),
    paragraph('', { size: 8 }),
    foot(parts),
    paragraph('', { size: 2 }),
  ]);
