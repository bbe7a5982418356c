import { expect, test } from '@jest/globals';
import { csvLine } from '../../../src/services/tables/csvLine.ts';

test.each([
  [['Lò Văn Pản', 12], 'Lò Văn Pản,12'],
  [
    ['xã Sìn Hồ, Lai Châu', 'nói "vâng"', 'hai\ndòng', 'một\r'],
    '"xã Sìn Hồ, Lai Châu","nói ""vâng""","hai\ndòng","một\r"',
  ],
  [
    ['=1+1', '+84912345678', '-2', '@SUM(A1)', '\t=1', ' =1', '＝1'],
    "'=1+1,'+84912345678,'-2,'@SUM(A1),'\t=1,' =1,'＝1",
  ],
  [['=HYPERLINK("http://x","y")'], `"'=HYPERLINK(""http://x"",""y"")"`],
  [[-3, 'A-1', 'a=b', ''], '-3,A-1,a=b,'],
])('a line for a spreadsheet, of which nothing is a formula: %j', (cells, line) => {
  expect(csvLine(cells)).toBe(line);
});
