/**
 * Lets plain Node run this repository's TypeScript from source: `node --import ./tools/typescript.mjs bench/card.ts`.
 * For benchmarks, and for the worker threads that tests start; what is deployed is the build and never comes here.
 */
import { readFile } from 'node:fs/promises';
import { register } from 'node:module';
import { fileURLToPath } from 'node:url';
import { transform } from '@swc/core';

/** The hooks are this same file, loaded once more on Node's own loader thread; there it must not register again. */
const AS_HOOKS = '?hooks';
if (!import.meta.url.endsWith(AS_HOOKS)) register(import.meta.url + AS_HOOKS);

/** @type {import('node:module').LoadHook} */
export async function load(url, context, nextLoad) {
  if (!url.endsWith('.ts')) return nextLoad(url, context);
  const filename = fileURLToPath(url);
  const { code } = await transform(await readFile(filename, 'utf8'), {
    filename,
    sourceMaps: 'inline',
    jsc: { target: 'es2023', parser: { syntax: 'typescript' } },
  });
  return { format: 'module', source: code, shortCircuit: true };
}
