import { isBuiltin } from 'node:module';
import vm from 'node:vm';
import jestRuntime from 'jest-runtime';

/** @typedef {(name: string, from: string, context: unknown) => Promise<unknown>} Resolve */
/** @typedef {{ getContext: () => unknown, resolveModule: Resolve }} EsmLoader */
/** @typedef {{ compile: (source: string, filename: string) => unknown, injectedModuleParameters: string[] }} Executor */

// Its types speak of the CommonJS build; the module's default is the class.
const Runtime = /** @type {new (...parts: unknown[]) => object} */ (/** @type {unknown} */ (jestRuntime));

/**
 * Each library once in a worker, loaded by Node itself; our own files are loaded anew for each test file.
 * @type {Map<string, Promise<unknown>>}
 */
const libraries = new Map();

const isLibrary = (/** @type {string} */ name) =>
  !/^(?:[./#]|data:|@jest\/globals$)/.test(name) && !isBuiltin(name);

async function load(/** @type {string} */ name) {
  const exports = await import(name);
  const names = Object.keys(exports);
  const fill = () => {
    for (const key of names) module.setExport(key, exports[key]);
  };
  const module = new vm.SyntheticModule(names, fill, { identifier: name });
  await module.link(() => {
    throw new Error(`${name} is loaded already: it asks for nothing`);
  });
  await module.evaluate();
  return module;
}

function library(/** @type {string} */ name) {
  const loading = libraries.get(name) ?? load(name);
  libraries.set(name, loading);
  return loading;
}

/**
 * jest's runtime without the `vm` context, for `own-realm.js`. It reaches into the parts of jest-runtime, whose version
 * is pinned; `realm.test.ts` fails when one of them is no longer there.
 */
export default class OwnRuntime extends Runtime {
  constructor(/** @type {unknown[]} */ ...parts) {
    super(...parts);
    const { esmLoader, executor } = /** @type {{ esmLoader: EsmLoader, executor: Executor }} */ (
      /** @type {unknown} */ (this)
    );
    const ours = esmLoader.resolveModule.bind(esmLoader);
    esmLoader.getContext = () => undefined;
    esmLoader.resolveModule = (name, from) => (isLibrary(name) ? library(name) : ours(name, from, undefined));
    executor.compile = (source, filename) =>
      vm.compileFunction(source, executor.injectedModuleParameters, { filename });
  }
}
