/** One or two wrong letters still find the place, with a question; nonsense finds none. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { AT_HOME, ask, codes, gazetteer, withoutMarks } from './answers.ts';

const names = readFileSync(new URL('./laichau-map.txt', import.meta.url), 'utf8')
  .trim()
  .split('\n')
  .flatMap((row) => {
    const [code = '', name = '', from = ''] = row.split('|');
    const old = from === 'giữ nguyên' ? [] : from.split(', ');
    return [name, ...old].map((each) => ({ code, name: each.replace(/^(Phường|Xã|Thị trấn) /, '') }));
  });

/** Always the same "random" numbers. */
function dice(seed: number): (sides: number) => number {
  let state = seed;
  return (sides) => {
    state = (state * 1103515245 + 12345) % 2147483648;
    return Math.floor((state / 2147483648) * sides);
  };
}

function mistype(text: string, roll: (sides: number) => number): string {
  const letters = [...text];
  const at = roll(letters.length);
  const other = 'abcdeghiklmnopqrstuvxy'[roll(22)] ?? 'a';
  const kind = roll(4);
  if (kind === 0) letters[at] = other;
  else if (kind === 1) letters.splice(at, 1);
  else if (kind === 2) letters.splice(at, 0, other);
  else letters.splice(at, 2, ...letters.slice(at, at + 2).reverse());
  return letters.join('');
}

interface Found {
  first: number;
  listed: number;
  lost: number;
  /** the mistyped text is exactly another name: nobody could know */
  anotherName: string[];
}

function mistyped(write: (name: string) => string, wrong: number, end: string): Found {
  const roll = dice(2025);
  const found: Found = { first: 0, listed: 0, lost: 0, anotherName: [] };
  for (const { name, code } of Array.from({ length: 10 }, () => names).flat()) {
    let text = write(name);
    for (let i = 0; i < wrong; i += 1) text = mistype(text, roll);
    const resolution = gazetteer.resolve(text + end, AT_HOME);
    const offered = codes(resolution);
    if (offered[0] === code) found.first += 1;
    else if (offered.includes(code)) found.listed += 1;
    else if (resolution.kind === 'one' && resolution.place.level === 'commune')
      found.anotherName.push(`${name}: ${text}`);
    else found.lost += 1;
  }
  return found;
}

const bare = (name: string) => withoutMarks(name).toLowerCase().replaceAll(' ', '');
const known = new Set(names.map(({ name }) => bare(name)));
const isAnotherName = (each: string) => known.has(bare(each.slice(each.indexOf(': ') + 2)));

const plain = (name: string) => withoutMarks(name).toLowerCase();

describe('wrong letters in the 144 names of Lai Châu, ten times each', () => {
  test.each<[string, (name: string) => string, wrong: number, end: string, first: number, offered: number]>([
    ['one, no marks', plain, 1, '', 0.93, 0.97],
    ['one', (name) => name, 1, '', 0.93, 0.97],
    ['one, with the province', plain, 1, ', Lai Châu', 0.92, 0.95],
    ['two, no marks', plain, 2, '', 0.8, 0.85],
    ['two', (name) => name, 2, '', 0.8, 0.85],
  ])('%s', (_, write, wrong, end, first, offered) => {
    const found = mistyped(write, wrong, end);
    const all = names.length * 10;
    const elsewhere = found.anotherName.filter((each) => !isAnotherName(each));
    expect(elsewhere.length).toBeLessThan(wrong === 1 ? 1 : 3);
    expect(found.first / all).toBeGreaterThan(first);
    expect((found.first + found.listed) / all).toBeGreaterThan(offered);
  });
});

describe('nearly right is confirmed, the right one first', () => {
  test.each([
    ['Bum Lua', '~ 03466'],
    ['Xìn Hồ', '~ 03478'],
    ['Sình Hồ', '~ 03478'],
    ['Than Uyeen', '~ 03595 03598'],
    ['Tủa Sín Trải', '~ 03529'],
    ['Mường Tẻ', '~ 03445 03433 04006'],
    ['Hà Lội', /^~ 01 /],
    ['Yên Bía', /^~ 15/],
    ['Trung Quôc', 'CN'],
    ['Chung Quốc', /^~ CN/],
    ['tỉnh Lai Chao', /^~ 12/],
    ['Hồ Chí Mih', '~ 79'],
  ])('%s', (text, answer) => {
    expect(ask(text)).toMatch(answer);
  });
});

const NONSENSE =
  `không biết|khong biet|ko biết|không|ko|chưa biết|không nhớ|quên rồi|không có|hôm qua|hôm nay|ngày mai|vâng|dạ vâng|ok|yes|no
asdf|asdfgh|qwerty|zzzz|aaaaaaaaaa|abc xyz|lorem ipsum|test|hello|hi|xin chào|cảm ơn anh|help|back
123|0912345678|15/03/1990|29A-12345|1|...|,|-|?|😀|😀😀 😀|🏔|\u200b|||((()))
tôi bị sốt|sốt|ho|đau đầu|khó thở|xe khách|máy bay|đi bộ|ghế 12|âm tính|tiêm vắc xin|khai báo y tế|trời mưa
Nguyễn Văn An|Nguyễn Văn A|Nguyễn Thị Lan|Trần Thị Bích Ngọc|Lê Văn Tám|Phạm Minh Tuấn|Giàng A Páo|Lò Văn Than|Lò Thị Mai|Vàng A Tủa
Lý Thị Mẩy|Tẩn Láo Tả|Sùng A Dơ|Chẻo A Lụ|Thào Thị Chu|Lường Văn Hải|Nguyen Van An|Tran Van Binh|Giang A Pao|John Smith
ở đâu|ở nhà|tại nhà|tôi không đi đâu cả|em không biết ạ|vợ tôi|bố mẹ|con gà|bóng đá`.split(/[|\n]/);

test('nonsense finds no place', () => {
  const found = NONSENSE.filter((text) => ask(text) !== '-').map((text) => `${text} → ${ask(text)}`);
  expect(found).toEqual([]);
});

test('everyday words that happen to be near a name are at worst a question', () => {
  for (const text of [
    'công nhân',
    'giáo viên',
    'nông dân',
    'về quê',
    'ho khan',
    'cancel',
    'dương tính',
    'điện thoại',
  ]) {
    expect(ask(text)).toMatch(/^(~|-)/);
  }
});
