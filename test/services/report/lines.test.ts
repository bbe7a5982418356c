import { expect, test } from '@jest/globals';
import type { Lang } from '../../../src/domain/lang.ts';
import type { Counted } from '../../../src/domain/report/counted.ts';
import { reportOf } from '../../../src/domain/report/figures.ts';
import { reportLines } from '../../../src/services/report/lines.ts';
import { renderer } from '../../harness/talk.ts';
import { counted, passed } from './counts.ts';

const said = (more: Partial<Counted>, lang: Lang): readonly string[] =>
  reportLines(reportOf(counted(more), '12', '12'), '12').map((each) => renderer.line(lang, each));

const BUSY: Partial<Counted> = {
  today: [{ area: '12/03595', level: 'low', origin: 'province', withdrawn: false, count: 12_345 }],
  yesterday: [{ area: '12/03595', level: 'low', origin: 'home', withdrawn: true, count: 1_001 }],
  campaigns: [{ name: 'C7K3M', day: 2, planned: 430_000, sent: 429_990, failed: 1_010, declared: 9_999 }],
};

test('figures have their thousands apart, as those of a campaign have', () => {
  expect(said(BUSY, 'vi')).toEqual(
    expect.arrayContaining([
      'Khai báo: 12.345 (0). Cả ngày hôm qua: 10.',
      'Từ ngoài tỉnh vào: 12.345 (0), trong đó từ nước ngoài: 0 (0).',
      'Nhiều nhất: xã Than Uyên, Lai Châu: 12.345.',
      'Đã thu hồi: 0 (1.001).',
      // "Ngày thứ 2" would be a Monday.
      'Đợt nhắn tin C7K3M, ngày gửi số 2: gửi 429.990/430.000, lỗi 1.010, đã khai báo 9.999.',
    ]),
  );
  expect(said(BUSY, 'en')).toContain('Declared: 12,345 (0). All of yesterday: 10.');
});

test('a checkpoint is told by its name in each language; who was turned away only where somebody was', () => {
  const passages = [
    passed(),
    passed({ today: 1_200, vehicles: { today: 0, yesterday: 0 }, handedOver: { today: 0, yesterday: 2 } }),
  ];
  expect(said({ passages }, 'vi').filter((each) => each.startsWith('Người qua'))).toEqual([
    'Người qua chốt Ma Lù Thàng: 7 (5), xe 3 (2).',
    'Người qua chốt Ma Lù Thàng: 1.200 (5), chuyển y tế 0 (2).',
  ]);
  expect(said({ passages }, 'en')).toContain('Passed checkpoint Ma Lù Thàng: 7 (5), vehicles 3 (2).');
});
