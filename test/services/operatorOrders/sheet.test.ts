import { describe, expect, test } from '@jest/globals';
import { strFromU8, unzipSync } from 'fflate';
import { SaxesParser } from 'saxes';
import { daysFrom } from '../../../src/domain/operatorOrder.ts';
import { orderBook } from '../../../src/services/operatorOrders/book.ts';
import { orderSheet } from '../../../src/services/operatorOrders/sheet.ts';
import type { OperatorOrderDoc } from '../../../src/store/operatorOrders.ts';

const { issuer, operators } = orderBook();

const ORDER: OperatorOrderDoc = {
  _id: '2026-001',
  state: 'approved',
  text: 'So Y te: nguoi tu vung dich ve\nxin khai bao <y te> & goi tram y te.',
  sender: 'SYT LAICHAU',
  areas: ['12'],
  days: [...daysFrom('2026-11-24', 5)],
  from: '08:00',
  to: '20:30',
  operators: ['viettel'],
  orderedBy: 'AAAA1111',
  orderedAt: new Date('2026-11-23T02:00:00Z'),
  approvedBy: 'BBBB2222',
  approvedAt: new Date('2026-11-23T18:00:00Z'),
  letter: '312',
  rev: 0,
  figures: [],
};

const made = (order: OperatorOrderDoc, training = false) => {
  const [operator] = operators;
  if (operator === undefined) throw new Error('there are no operators');
  return orderSheet({ order, operator, issuer, areas: ['tỉnh Lai Châu'], training });
};

/** Text of each paragraph, as somebody who opens it reads it; throws when the XML is none. */
const paragraphs = (xml: string): readonly string[] => {
  const all: string[] = [];
  const parser = new SaxesParser();
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('opentag', ({ name }) => {
    if (name === 'w:p') all.push('');
    if (name === 'w:br') all.push(`${all.pop()}\n`);
  });
  parser.on('text', (text) => all.push(`${all.pop()}${text.trim() === '' && all.length === 0 ? '' : text}`));
  parser.write(xml.replace(/^<\?xml[^>]*\?>\n/, '')).close();
  return all.filter((text) => text !== '');
};

describe('the letter', () => {
  const files = unzipSync(made(ORDER));
  const lines = paragraphs(strFromU8(files['word/document.xml'] ?? new Uint8Array()));

  test('is a whole Word file: every part is there, named in the list of types and linked', () => {
    expect(Object.keys(files)).toEqual([
      '[Content_Types].xml',
      '_rels/.rels',
      'word/_rels/document.xml.rels',
      'word/styles.xml',
      'word/document.xml',
    ]);
    for (const part of Object.values(files)) paragraphs(strFromU8(part));
    const types = strFromU8(files['[Content_Types].xml'] ?? new Uint8Array());
    for (const part of ['/word/document.xml', '/word/styles.xml']) expect(types).toContain(`"${part}"`);
    expect(strFromU8(files['word/styles.xml'] ?? new Uint8Array())).toContain('Times New Roman');
  });

  test('has what Decree 30/2020/NĐ-CP asks for, in its order', () => {
    const wanted = [
      'UBND TỈNH LAI CHÂU',
      'SỞ Y TẾ',
      'Số: 312/SYT-NVY',
      'V/v nhắn tin phòng, chống dịch bệnh',
      'CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM',
      'Độc lập - Tự do - Hạnh phúc',
      // It was approved at one in the morning of the 24th in Vietnam.
      'Lai Châu, ngày 24 tháng 11 năm 2026',
      'Kính gửi: Viettel Lai Châu',
      'Nơi nhận:',
      '- Như trên;',
      '- Lưu: VT.',
      'GIÁM ĐỐC',
    ];
    expect(lines.filter((line) => wanted.includes(line))).toEqual(wanted);
  });

  test('says what is to be sent, letter by letter, and when, where, in whose name', () => {
    const at = (name: string) => lines[lines.indexOf(name) + 1];
    expect(at('Nội dung')).toBe(ORDER.text);
    expect(at('Tên người gửi')).toBe('SYT LAICHAU');
    expect(at('Độ dài')).toBe(`${ORDER.text.length} ký tự, không dấu, 1 tin`);
    expect(at('Phạm vi')).toBe('Mọi thuê bao di động tại tỉnh Lai Châu');
    expect(at('Thời gian')).toBe('5 ngày, từ 24/11/2026 đến hết 28/11/2026');
    expect(at('Khung giờ')).toBe('Từ 08 giờ 00 đến 20 giờ 30 hằng ngày');
    expect(at('Mã đơn')).toBe('2026-001');
  });

  test('says who sends the figures, and to whom: "xin gửi" would be a promise of ours', () => {
    expect(lines.join('\n')).toContain(
      'Đề nghị Quý đơn vị gửi số liệu của từng ngày về Sở Y tế tỉnh Lai Châu trước 09 giờ 00 ngày hôm sau, theo mẫu (tệp .xlsx hoặc .csv): Ngày,',
    );
  });

  test('a letter whose number is not known leaves room for it; January is written 01', () => {
    const { letter: _, ...rest } = ORDER;
    const january = { ...rest, approvedAt: new Date('2027-01-05T03:00:00Z') };
    const text = paragraphs(strFromU8(unzipSync(made(january))['word/document.xml'] ?? new Uint8Array()));
    expect(text).toContain('Số:         /SYT-NVY');
    expect(text).toContain('Lai Châu, ngày 05 tháng 01 năm 2027');
  });

  test('of an exercise says so above everything else', () => {
    const read = (training: boolean) =>
      paragraphs(strFromU8(unzipSync(made(ORDER, training))['word/document.xml'] ?? new Uint8Array()));
    expect(read(true)[0]).toBe('DIỄN TẬP - KHÔNG GỬI');
    expect(read(false)).toEqual(read(true).slice(1));
  });

  test('is the same bytes each time, and takes any text', () => {
    expect(made(ORDER).equals(made(ORDER))).toBe(true);
    const odd = made({ ...ORDER, text: 'a\u0000b\ud800c \u{1f3e5} ]]> "d"' });
    const text = paragraphs(strFromU8(unzipSync(odd)['word/document.xml'] ?? new Uint8Array()));
    expect(text).toContain('abc \u{1f3e5} ]]> "d"');
  });
});
