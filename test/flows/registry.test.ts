import { describe, expect, test } from '@jest/globals';
import { FLOWS } from '../../flows/index.ts';
import { communes } from '../../flows/parts/communes.ts';
import { CATALOGUES } from '../../locales/index.ts';
import type { Flow } from '../../src/dialogue/flow.ts';
import { typedCommand } from '../../src/dialogue/words.ts';
import { LANGS } from '../../src/domain/lang.ts';
import { foldMarked, toneless } from '../../src/domain/text.ts';
import { explore } from '../harness/explore.ts';
import { replay, scenarios } from '../harness/golden.ts';
import { gazetteer } from '../harness/talk.ts';

const explored = new Map(FLOWS.map((flow) => [flow.name, explore(flow)]));

describe('every flow', () => {
  test('has a name of its own, and so do its words and its command', () => {
    const names = FLOWS.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    const words = FLOWS.flatMap(({ words: own = [] }) => own.map(toneless));
    expect(words.filter((word, at) => words.indexOf(word) !== at)).toEqual([]);
    const commands = FLOWS.flatMap(({ command }) => command ?? []);
    expect(commands.filter((command, at) => commands.indexOf(command) !== at)).toEqual([]);
  });

  test('comes to its end in a scenario', () => {
    const ended = new Set(scenarios.flatMap((scenario) => replay(scenario).ended));
    expect(FLOWS.map(({ name }) => name).filter((name) => !ended.has(name))).toEqual([]);
  });

  test('the one that the engine itself begins is there', () => {
    expect(FLOWS.map(({ name }) => name)).toContain('feedback');
  });
});

describe.each(FLOWS.map((flow) => [flow.name, flow] as const))('%s', (name, flow) => {
  test.each(LANGS)(
    'has every sentence in %s: questions, short names, buttons, help, closing words',
    (lang) => {
      const keys = [...(explored.get(name)?.keys ?? [])];
      expect(keys.length).toBeGreaterThan(0);
      expect(keys.filter((key) => CATALOGUES[lang][key] === undefined)).toEqual([]);
    },
  );

  test('gives every question a usual answer that is one, so that the rest can be counted', () => {
    for (const { key, usual, optional, options } of explored.get(name)?.questions ?? []) {
      expect([key, usual]).not.toEqual([key, undefined]);
      if (usual === null) expect([key, optional]).toEqual([key, true]);
      expect(new Set(options.map(({ id }) => id)).size).toBe(options.length);
    }
  });

  test('has buttons and commands that fit a button of Telegram (64 bytes)', () => {
    for (const { key, options } of explored.get(name)?.questions ?? []) {
      expect(Buffer.byteLength(`99999|/edit:${key}`)).toBeLessThanOrEqual(64);
      for (const { id } of options) expect(Buffer.byteLength(`99999|${id}`)).toBeLessThanOrEqual(64);
    }
  });

  test('is begun by its words, in free text only when they are written so', () => {
    const go = { name: 'go', argument: name };
    for (const word of flow.words ?? []) {
      expect(foldMarked(word)).toBe(word);
      for (const raw of [word, word.toUpperCase(), toneless(word), ` ${word}! `, word.normalize('NFD')])
        expect([raw, typedCommand(raw, FLOWS, false)]).toEqual([raw, go]);
      expect(typedCommand(word, FLOWS, true)).toEqual(go);
    }
  });

  test('its command is that of no other', () => {
    if (flow.command === undefined) return;
    expect(flow.command).toMatch(/^[a-z_]{1,32}$/);
    expect(typedCommand(`/${flow.command}`, FLOWS, true)).toEqual({ name: 'go', argument: name });
  });
});

/** Single syllables that are the name of many people here: none may be a command where a name is asked. */
const NAMES =
  'An Anh Ánh Ân Bảo Bé Bích Bình Chi Chính Cúc Cường Diệp Dung Dũng Duy Dương Đào Đạt Điệp Đức Giang Giàng Hà Hải Hạnh ' +
  'Hằng Hiền Hiếu Hoa Hòa Hoài Hoàng Hồng Huệ Hùng Huy Huyền Hưng Hương Khai Khải Khang Khánh Khoa Kiên Lan Lâm Lành Liên ' +
  'Linh Loan Long Lò Lù Lý Mai Mạnh Mẩy Minh Mỷ My Nam Nga Ngân Nghĩa Ngọc Nhung Nga Oanh Páo Phong Phúc Phương Pó Quân ' +
  'Quang Quý Sinh Sơn Sùng Tài Tâm Thanh Thành Thào Thảo Thắng Thoa Thu Thúy Thủy Tiến Toàn Trang Trung Tú Tuấn Tùng Tuyết ' +
  'Vàng Vân Việt Vinh Vừ Vui Xuân Yến Sửu Sáu Hai Ba Tư Năm Bảy Chín Kiện Hết';

describe('names are names', () => {
  test.each([...new Set(NAMES.split(' '))].filter((name) => name !== 'Chào' && name !== 'Thoát'))(
    '%s',
    (name) => {
      for (const raw of [
        name,
        name.toLowerCase(),
        toneless(name),
        `Nguyễn Văn ${name}`,
        `nguyen van ${toneless(name)}`,
        `Lò Thị ${name}`,
      ])
        expect([raw, typedCommand(raw, FLOWS, true)]).toEqual([raw, undefined]);
    },
  );
});

test('answers to questions with buttons are no commands either', () => {
  for (const { questions } of explored.values()) {
    for (const { options, key } of questions) {
      for (const { id, label, words = [] } of options) {
        if (typeof label !== 'object' || !('key' in label) || label.values !== undefined) continue;
        for (const raw of [...LANGS.map((lang) => CATALOGUES[lang][label.key] ?? ''), ...words])
          expect([key, id, raw, typedCommand(raw, FLOWS, false)]).toEqual([key, id, raw, undefined]);
      }
    }
  }
});

const opened = (flows: readonly Flow[]) => (said: string) => flows.find(({ opens }) => opens?.(said))?.name;

test.each([
  ['7K3M-9QXT-2BN', 'mine'],
  ['7k3m9qxt2bm', 'mine'],
  ['NV-7K3M-9PVT', 'link'],
  ['nv7k3m9pvt', 'link'],
  ['KN-7K3M-9QXT', 'join'],
  ['kn7k3m9qxt', 'join'],
  ['tôi bị sốt', undefined],
  ['0912345678', undefined],
  ['012090001234', undefined],
  ['25B-001.23', undefined],
  ['', undefined],
])('%j out of the blue opens %s', (said, name) => {
  expect(opened(FLOWS.filter(({ needs }) => needs === undefined))(said)).toBe(name);
});

test('a code out of the blue is a traveller’s where an officer stands at a checkpoint, any other is what it was', () => {
  const there = opened(FLOWS);
  expect(['7K3M-9QXT-2BN', '7k3m9qxt2bm', 'NV-7K3M-9PVT', '25B-001.23'].map(there)).toEqual([
    'codeAtCheckpoint',
    'codeAtCheckpoint',
    'link',
    undefined,
  ]);
});

test('the list of communes is that of the gazetteer, in the order of their names', () => {
  const codes = communes.map(({ id }) => id);
  const names = codes.map((code) => gazetteer.name(code, 'vi', 'short').replace(/^(?:xã|phường) /, ''));
  expect([...codes].sort()).toEqual(
    gazetteer
      .children('12')
      .map(({ code }) => code)
      .sort(),
  );
  expect(names).toEqual([...names].sort((a, b) => a.localeCompare(b, 'vi')));
});
