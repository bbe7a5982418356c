/** Jest on native ES modules: swc strips the types, TypeScript 7 checks them (`npm run types`). */
export default {
  testEnvironment: 'node',
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  extensionsToTreatAsEsm: ['.ts'],
  transform: { '^.+\\.ts$': ['@swc/jest', { jsc: { target: 'es2023', parser: { syntax: 'typescript' } } }] },
  // @microsoft/agents-hosting asks for jose by `require`; jose is an ES module, and jest cannot require one on Node 20.
  moduleNameMapper: { '^jose$': '<rootDir>/test/harness/botframework/jose.cjs' },
  globalSetup: '<rootDir>/test/harness/mongo-setup.js',
  setupFiles: ['<rootDir>/test/harness/chance.ts'],
  globalTeardown: '<rootDir>/test/harness/mongo-teardown.js',
  reporters: ['default', '<rootDir>/test/harness/reporter.js'],
  // Most tests wait for the database or a child: on two cores, jest's own choice of one worker leaves one idle.
  maxWorkers: 2,
  // A limit is for what hangs, not for what is slow on a busy machine; longer than PATIENCE in test/harness/patience.ts.
  testTimeout: 120_000,
};
