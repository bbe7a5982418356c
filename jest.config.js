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
  reporters: ['default', '<rootDir>/test/harness/reporter.js'],
  // Most tests wait for the database or a child: on two cores, jest's own choice of one worker leaves one idle.
  maxWorkers: 2,
  // A limit is for what hangs, not for what is slow on a busy machine; longer than PATIENCE in test/harness/patience.ts.
  testTimeout: 120_000,
};
