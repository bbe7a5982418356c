/** Jest on native ES modules: swc strips the types, TypeScript 7 checks them (`npm run types`). */
export default {
  // In the worker's own realm, libraries loaded once: see test/harness/own-realm.js.
  testEnvironment: '<rootDir>/test/harness/own-realm.js',
  runtime: '<rootDir>/test/harness/own-runtime.js',
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  extensionsToTreatAsEsm: ['.ts'],
  transform: { '^.+\\.ts$': ['@swc/jest', { jsc: { target: 'es2023', parser: { syntax: 'typescript' } } }] },
  globalSetup: '<rootDir>/test/harness/mongo-setup.js',
  setupFiles: ['<rootDir>/test/harness/chance.ts'],
  globalTeardown: '<rootDir>/test/harness/mongo-teardown.js',
  testSequencer: '<rootDir>/test/harness/longest-first.js',
  reporters: ['default', '<rootDir>/test/harness/reporter.js'],
  // Half of what the long files do is waiting, for the database, a child or a clock: two workers leave two cores idle.
  maxWorkers: 4,
  // A limit is for what hangs, not for what is slow on a busy machine; longer than PATIENCE in test/harness/patience.ts.
  testTimeout: 120_000,
};
