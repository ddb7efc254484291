/**
 * Specs run on Node's own modules, each worker loading the product once (decision 15). What Jest's own runner gives
 * beyond that, module mocks and a context for each file, no spec uses.
 */
export default {
  runner: 'jest-light-runner/child-process',
  roots: ['<rootDir>/src', '<rootDir>/test', '<rootDir>/examples', '<rootDir>/packages'],
  testMatch: ['**/*.spec.ts'],
  transform: {},
  // Commands of their own: `npm run test:pages`, for which a fresh machine lacks the browser, and the long
  // `npm run test:processes`.
  testPathIgnorePatterns: ['/node_modules/', '\\.(page|process)\\.spec\\.ts$'],
  modulePathIgnorePatterns: ['<rootDir>/dist', '<rootDir>/.data', '<rootDir>/packages/.*/dist'],
  globalSetup: '<rootDir>/test/support/global-setup.mjs',
  testSequencer: '<rootDir>/test/support/longest-first.mjs',
  globalTeardown: '<rootDir>/test/support/global-teardown.mjs',
  setupFiles: ['<rootDir>/test/support/typescript-hooks.mjs'],
  setupFilesAfterEnv: ['<rootDir>/test/support/time-limits.mjs'],
  maxWorkers: 2,
};
