import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from '@jest/globals';
import { FLOWS } from '../../flows/index.ts';
import { CATALOGUES } from '../../locales/index.ts';
import { typedCommand } from '../../src/dialogue/words.ts';
import { exploreAll } from '../harness/explore.ts';

const { vi, en } = CATALOGUES;
const keys = Object.keys(vi);

const holes = (sentence: string): readonly string[] =>
  [...sentence.matchAll(/\{\w+\}/g)].map(([hole]) => hole).sort();

test('both languages have the same keys, and nothing is empty', () => {
  expect(Object.keys(en).sort()).toEqual([...keys].sort());
  for (const sentence of [...Object.values(vi), ...Object.values(en)]) {
    expect(sentence.trim()).toBe(sentence);
    expect(sentence).not.toBe('');
  }
});

test('both languages leave the same holes for values', () => {
  const differing = keys.filter((key) => holes(vi[key] ?? '').join() !== holes(en[key] ?? '').join());
  expect(differing).toEqual([]);
});

/** The same in both languages, and rightly so. */
const SAME = new Set([
  'engine.language',
  'engine.language.ask',
  'engine.item',
  'engine.item.short',
  'lang.vi',
  'lang.en',
  'day.plain',
  'route.fromTo',
  'declared.reason',
  'channel.telegram',
]);

test('every sentence is translated', () => {
  const same = keys.filter(
    (key) => vi[key] === en[key] && /\p{L}/u.test((vi[key] ?? '').replace(/\{\w+\}/g, '')),
  );
  expect(same.filter((key) => !SAME.has(key))).toEqual([]);
  const gone = [...SAME].filter((key) => vi[key] !== en[key]);
  expect(gone).toEqual([]);
});

/** Vietnamese without any mark: short words that have none. */
const PLAIN =
  /^(?:Ho|Nam|Xong|Xe|xe|Cho qua|Khai cho|Ra ca|Thay ca|Thay ca cho ai\?|English|, sinh ,|Telegram|trang web)$/;

const MARK = /[àáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵđ]/i;

test('a Vietnamese sentence is written with its marks', () => {
  const bare = keys.filter((key) => {
    const words = (vi[key] ?? '').replace(/\{\w+\}/g, '').replace(/https?:\S+/g, '');
    return /\p{L}{2}/u.test(words) && !MARK.test(words) && !PLAIN.test(words.trim());
  });
  expect(bare).toEqual([]);
  for (const [key, sentence] of Object.entries(vi))
    expect([key, sentence.normalize('NFC')]).toEqual([key, sentence]);
});

/** Long words without a mark that are easily left unmarked by a slip of the keyboard. */
const SLIPS =
  /(?<![\p{L}])(?:khong|duoc|nguoi|truoc|luc|dang|ngay sinh|dia chi|so dien thoai|dong y|gui|sua|huy|benh|chot|tinh)(?![\p{L}])/iu;

test('no word of a Vietnamese sentence is left without its marks by a slip', () => {
  for (const [key, sentence] of Object.entries(vi)) {
    const words = sentence.replace(/"[^"]*"|\{\w+\}/g, '');
    expect([key, SLIPS.exec(words)?.[0]]).toEqual([key, undefined]);
  }
});

/** Quoted as part of an answer. */
const ANSWERS = new Set(['có', 'không', 'đến', 'yes', 'no', 'to']);

describe('how it reads', () => {
  /** What a citizen reads; the staff and the web page have words of their own. */
  const citizens = keys.filter(
    (key) =>
      !/^(?:web|link|unlink|duty|dutyOn|dutyOff|inbox|alert|closeAlert|answer|staff|roster|role|outcome|claimNext|callNext|closeNext|giveBackNext|stepInNext|sendOutNext|reportNext|answerNext)\b/.test(
        key,
      ),
  );

  test('nobody is addressed as anything but "anh/chị"', () => {
    for (const key of citizens)
      expect([
        key,
        /(?<!\p{L})(?:bạn|ông|bà|quý khách|mày|bác)(?!\p{L})(?! con)/iu.exec(vi[key] ?? '')?.[0],
      ]).toEqual([key, undefined]);
  });

  test('a sentence is no longer than three lines of a small phone; help about consent is a little', () => {
    const long = citizens.filter((key) => (vi[key] ?? '').length > 160);
    expect(long.sort()).toEqual(['declare.consent.help']);
    for (const key of long) expect((vi[key] ?? '').length).toBeLessThan(260);
  });

  test('a short name is short, and a button fits its line', () => {
    const asked = exploreAll().flatMap(({ questions }) => questions);
    for (const { label, options } of asked) {
      expect((vi[label.key] ?? '').length).toBeLessThanOrEqual(20);
      for (const option of options) {
        if (typeof option.label === 'object' && 'key' in option.label && option.label.values === undefined)
          expect((vi[option.label.key] ?? '').length).toBeLessThanOrEqual(60);
      }
    }
  });

  test('a word in quotes that people are told to type or press is understood or is a button', () => {
    const buttons = new Set(Object.values(vi).concat(Object.values(en)));
    for (const catalogue of [vi, en]) {
      for (const [key, sentence] of Object.entries(catalogue)) {
        for (const [, quoted = ''] of sentence.matchAll(/"([^"{}]+)"/g)) {
          const known =
            buttons.has(quoted) ||
            ANSWERS.has(quoted) ||
            typedCommand(quoted, FLOWS, true) !== undefined ||
            FLOWS.some(({ opens }) => opens?.(quoted));
          expect([key, quoted, known]).toEqual([key, quoted, true]);
        }
      }
    }
  });
});

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..', '..');

const filesIn = (folder: string): readonly string[] =>
  readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(?:ts|js|mjs)$/.test(name))
    .map((name) => join(ROOT, folder, name));

/** Keys that stand in the sources as they are, and the beginnings of those that are put together there. */
const mentioned = () => {
  const sources = ['src', 'flows', 'jobs', 'bots', 'web']
    .flatMap(filesIn)
    .map((file) => readFileSync(file, 'utf8'));
  const whole = new Set<string>();
  const beginnings = new Set<string>();
  for (const source of sources) {
    for (const [, key = ''] of source.matchAll(/['"`]([a-z][\w]*(?:\.[\w]+)+)['"`]/g)) whole.add(key);
    for (const [, start = ''] of source.matchAll(/`([a-z]\w*(?:\.\w+)*\.)\$\{/g)) beginnings.add(start);
  }
  return { whole, beginnings: [...beginnings] };
};

test('no key is left that nobody uses', () => {
  const { whole, beginnings } = mentioned();
  const asked = new Set(exploreAll().flatMap(({ keys: found }) => [...found]));
  const unused = keys.filter(
    (key) => !whole.has(key) && !asked.has(key) && !beginnings.some((start) => key.startsWith(start)),
  );
  expect(unused).toEqual([]);
});

test('every reason that a rule can give has its sentence', () => {
  const { rules } = JSON.parse(readFileSync(join(ROOT, 'data', 'risk', 'rules.json'), 'utf8')) as {
    rules: readonly { readonly reason: unknown }[];
  };
  for (const { reason } of rules)
    if (typeof reason === 'string') expect(keys).toContain(`risk.reason.${reason}`);
  expect(rules.length).toBeGreaterThan(10);
});
