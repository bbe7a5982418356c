import { statSync } from 'node:fs';
import vm from 'node:vm';
import { expect, test } from '@jest/globals';
import mongoose from 'mongoose';
import { takingBack } from './own-realm.js';

test('tests run in the realm of the program: one Object, one Error', () => {
  expect(vm.runInThisContext('Object')).toBe(Object);
  expect(() => statSync('/nowhere')).toThrow(Error);
});

test('libraries are those that Node itself has loaded', async () => {
  const importModuleDynamically = vm.constants.USE_MAIN_CONTEXT_DEFAULT_LOADER;
  const native = await vm.runInThisContext('import("mongoose")', { importModuleDynamically });
  expect(native.default).toBe(mongoose);
});

test('what a file does to its process is taken back after it', () => {
  const [path, listen] = [process.env.PATH, () => undefined];
  const takeBack = takingBack();
  process.on('SIGUSR2', listen);
  process.exitCode = 3;
  process.env.PATH = '/nowhere';
  process.env.KHAIBAO_LEFT_BEHIND = 'yes';
  takeBack();
  expect(process.listeners('SIGUSR2')).not.toContain(listen);
  expect(process.exitCode).toBeUndefined();
  expect(process.env.PATH).toBe(path);
  expect(process.env).not.toHaveProperty('KHAIBAO_LEFT_BEHIND');
});
