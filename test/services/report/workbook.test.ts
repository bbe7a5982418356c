import { expect, test } from '@jest/globals';
import readExcelFile from 'read-excel-file/node';
import type { Counted } from '../../../src/domain/report/counted.ts';
import { reportOf } from '../../../src/domain/report/figures.ts';
import { writeWorkbook } from '../../../src/services/report/workbook.ts';
import { renderer } from '../../harness/talk.ts';
import { counted, passed } from './counts.ts';

type Rows = readonly (readonly unknown[])[];

/** The sheets as another library reads them, by their names. */
const sheetsOf = async (counts: Counted, area = '12'): Promise<ReadonlyMap<string, Rows>> => {
  const bytes = await writeWorkbook(renderer, 'vi', reportOf(counts, area, '12'), '12');
  const sheets = await readExcelFile(bytes);
  return new Map(sheets.map(({ sheet, data }) => [sheet, data as Rows]));
};
const column = (rows: Rows | undefined, at: number): readonly unknown[] => (rows ?? []).map((row) => row[at]);
const sum = (numbers: readonly unknown[]): number => numbers.reduce<number>((a, b) => a + Number(b), 0);

test('every sheet adds up to what was counted', async () => {
  const sheets = await sheetsOf(counted());
  expect([...sheets.keys()]).toEqual(['Tổng hợp', 'Theo xã', 'Theo nguy cơ', 'Cảnh báo', '14 ngày']);
  const summary = sheets.get('Tổng hợp') ?? [];
  expect(summary.slice(0, 3)).toEqual([
    ['Chỉ tiêu', 'Hôm nay', 'Hôm qua, cùng giờ', 'Chênh lệch'],
    ['Khai báo', 109, 71, 38],
    ['Từ ngoài tỉnh vào', 19, 1, 18],
  ]);
  // Yesterday is a column of its own here; in brackets it stands in the message alone.
  const notes = column(summary, 0).filter((cell) => String(cell).startsWith('Tính từ'));
  expect(notes).toEqual([expect.stringMatching(/^Tính từ 00:00 đến .*\. Cột hôm qua tính đến cùng giờ\.$/)]);
  const communes = sheets.get('Theo xã') ?? [];
  expect(column(communes, 0)).toEqual([
    'Xã, phường',
    'xã Than Uyên, Lai Châu',
    'ngoài tỉnh',
    'chưa rõ xã',
    'xã Sìn Hồ, Lai Châu',
    'Cộng',
  ]);
  for (let at = 1; at <= 6; at += 1) {
    const [, ...figures] = column(communes, at);
    expect(sum(figures.slice(0, -1))).toBe(figures.at(-1));
  }
  const [, ...levels] = column(sheets.get('Theo nguy cơ'), 1);
  expect(sum(levels.slice(0, -1))).toBe(109);
  expect(levels.at(-1)).toBe(109);
});

test('alerts: by state, the minutes nobody had them, and those nobody has now', async () => {
  const rows = new Map((await sheetsOf(counted())).get('Cảnh báo')?.map(([name, ...cells]) => [name, cells]));
  expect(rows.get('Cảnh báo mới')).toEqual([2, 1, 1]);
  expect(rows.get('Chưa ai nhận, một nửa không quá (phút)')).toEqual([4, 40, -36]);
  expect(rows.get('Hiện chưa ai nhận, kể cả cảnh báo cũ')?.[0]).toBe(1);
  expect(rows.get('Trong đó chờ lâu nhất (phút)')?.[0]).toBe(12);
});

test('fourteen days; what was not measured is an empty cell', async () => {
  const sheets = await sheetsOf(counted({ alertsToday: [] }));
  const days = sheets.get('14 ngày') ?? [];
  expect(days).toHaveLength(15);
  expect(days[1]).toEqual(['13/11/2026', 0, 0, 0, 0, 0]);
  expect(days.at(-1)).toEqual(['26/11/2026', 9, 0, 0, 0, 9]);
  const median = sheets.get('Cảnh báo')?.find(([name]) => String(name).includes('một nửa'));
  expect(median?.slice(1)).toEqual([null, 40, null]);
});

test('campaigns and checkpoints have a sheet when there is something to tell, and a name is never a formula', async () => {
  const campaigns = [{ name: '=1+1', day: 2, planned: 10, sent: 8, failed: 1, declared: 3 }];
  const passages = [passed({ handedOver: { today: 1, yesterday: 0 } })];
  const sheets = await sheetsOf(counted({ campaigns, passages }));
  expect(sheets.get('Đợt nhắn tin')?.[1]).toEqual(['=1+1', 2, 10, 8, 1, 3]);
  expect(sheets.get('Chốt kiểm soát')).toEqual([
    [
      'Chốt',
      ...['Người qua chốt', 'Xe', 'Yêu cầu quay về', 'Chuyển y tế'].flatMap((what) => [
        `${what}: Hôm nay`,
        `${what}: Hôm qua, cùng giờ`,
      ]),
    ],
    ['chốt Ma Lù Thàng', 7, 5, 3, 2, 0, 0, 1, 0],
  ]);
  expect((await sheetsOf(counted({ campaigns, passages }), '12/03595')).has('Đợt nhắn tin')).toBe(false);
});
