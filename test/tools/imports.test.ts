import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, test } from '@jest/globals';
import { fault, faults, importsOf } from '../../tools/imports.mjs';

const ALIASES = { '#processes': './tools/processes.mjs' };

describe('every form of import is seen', () => {
  test.each([
    ["import { a } from './x.ts';", false],
    ["import a, * as b from './x.ts';", false],
    ["import './x.ts';", false],
    ["import type { A } from './x.ts';", true],
    ["import { type A } from './x.ts';", false],
    ["export { a } from './x.ts';", false],
    ["export type { A } from './x.ts';", true],
    ["export * from './x.ts';", false],
    ["export type * from './x.ts';", true],
    ["export * as a from './x.ts';", false],
    ["const a = async () => (await import('./x.ts')).a;", false],
    ["type A = import('./x.ts').A;", true],
    ["let a: typeof import('./x.ts');", true],
    ['function deep() { class A { b = () => import(`x`) } }', false, '(computed)'],
  ])('%s', (code, typeOnly, source = './x.ts') => {
    expect(importsOf(code)).toEqual([{ source, typeOnly }]);
  });

  test('and nothing else is', () => {
    expect(importsOf("const a = 'import b from c'; // import './x.ts'\nexport const d = a;")).toEqual([]);
  });
});

describe('what is allowed', () => {
  test.each([
    ['src/domain/a.ts', './b.ts'],
    ['src/domain/place/a.ts', '../day.ts'],
    ['src/domain/a.ts', 'zod'],
    ['src/dialogue/a.ts', '../domain/day.ts'],
    ['flows/a.ts', '../src/dialogue/ask.ts'],
    ['src/store/embedded/a.ts', '#processes'],
    ['src/store/a.ts', 'mongoose'],
    ['src/services/a.ts', '../store/people.ts'],
    ['bots/web/a.ts', '../port.ts'],
    ['bots/web/a.ts', './b.ts'],
    ['bots/port.ts', '../src/services/inbound.ts'],
    ['src/http/a.ts', 'node:http'],
    ['src/app.ts', '../bots/web/channel.ts'],
    ['src/cli/staff.ts', '../store/staff.ts'],
  ])('%s → %s', (file, source) => {
    expect(fault(file, { source, typeOnly: false }, ALIASES)).toBeUndefined();
  });

  test.each([
    ['src/store/a.ts', '../dialogue/state.ts'],
    ['src/store/a.ts', '../dialogue/say.ts'],
    ['locales/vi/a.ts', '../../src/dialogue/render.ts'],
    ['flows/a.ts', '../locales/index.ts'],
  ])('types only: %s → %s', (file, source) => {
    expect(fault(file, { source, typeOnly: true }, ALIASES)).toBeUndefined();
    expect(fault(file, { source, typeOnly: false }, ALIASES)).toContain('only types');
  });
});

describe('what is not allowed, as a type neither', () => {
  test.each([
    ['src/domain/a.ts', '../dialogue/say.ts', 'nothing of ours'],
    ['src/domain/a.ts', '../domains/say.ts', 'nothing of ours'],
    ['src/dialogue/a.ts', '../store/people.ts', 'imports only src/domain'],
    ['flows/a.ts', '../src/services/service.ts', 'imports only'],
    ['src/security/a.ts', '../store/keys.ts', 'imports only'],
    ['src/store/a.ts', '../services/service.ts', 'imports only'],
    ['src/delivery/a.ts', '../services/service.ts', 'imports only'],
    ['src/services/a.ts', '../http/server.ts', 'imports only'],
    ['src/services/a.ts', '../../bots/port.ts', 'imports only'],
    ['bots/web/a.ts', '../../src/store/people.ts', 'imports only'],
    ['bots/web/a.ts', '../../src/http/server.ts', 'imports only'],
    ['bots/web/a.ts', '../../jobs/sweep.ts', 'imports only'],
    ['bots/web/a.ts', '../terminal/channel.ts', 'knows another'],
    ['jobs/a.ts', '../bots/port.ts', 'imports only'],
    ['src/http/a.ts', '../../jobs/sweep.ts', 'imports only'],
    ['src/http/a.ts', '../app.ts', 'imports only'],
    ['src/domain/a.ts', 'node:fs', 'is pure'],
    ['src/dialogue/a.ts', 'mongoose', 'is pure'],
    ['src/security/a.ts', '#processes', 'imports only'],
    ['src/store/a.ts', '(computed)', 'computed'],
  ])('%s → %s', (file, source, sentence) => {
    for (const typeOnly of [false, true])
      expect(fault(file, { source, typeOnly }, ALIASES)).toContain(sentence);
  });
});

test('the check reads a whole tree, prints what is wrong and fails', async () => {
  const root = await mkdtemp(join(tmpdir(), 'khaibao-imports-'));
  await cp('package.json', join(root, 'package.json'));
  await mkdir(join(root, 'src', 'domain', 'place'), { recursive: true });
  await writeFile(join(root, 'src', 'domain', 'place', 'a.ts'), "export * from '../../store/people.ts';\n");
  await writeFile(join(root, 'src', 'domain', 'b.ts'), "export * from './place/a.ts';\n");
  const check = promisify(execFile)(process.execPath, ['tools/imports.mjs', root]);
  const line = 'src/domain/place/a.ts → ../../store/people.ts: src/domain imports only nothing of ours\n';
  await expect(check).rejects.toMatchObject({ code: 1, stdout: line });
  await rm(root, { recursive: true });
});

test('this house keeps to it', () => {
  expect(faults(process.cwd())).toEqual([]);
});
