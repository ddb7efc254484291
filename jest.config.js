/** Native ESM (see docs/decisions): Nest 12 ships ES modules only. */
const swc = {
  jsc: {
    target: 'es2023',
    parser: { syntax: 'typescript', decorators: true },
    transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: false },
    keepClassNames: true,
  },
  module: { type: 'es6' },
  sourceMaps: 'inline',
};

export default {
  testEnvironment: 'node',
  roots: ['<rootDir>/src', '<rootDir>/test', '<rootDir>/examples'],
  testMatch: ['**/*.spec.ts'],
  extensionsToTreatAsEsm: ['.ts'],
  transform: { '^.+\\.ts$': ['@swc/jest', swc] },
  // The example host imports the package by its name; in specs that is the sources.
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1', '^@idoctor/commercial$': '<rootDir>/src/index.ts' },
  // They need a browser, which a fresh machine hasn't: `npm run test:pages`.
  testPathIgnorePatterns: ['/node_modules/', '\\.page\\.spec\\.ts$'],
  modulePathIgnorePatterns: ['<rootDir>/dist', '<rootDir>/.data'],
  globalSetup: '<rootDir>/test/support/global-setup.mjs',
  globalTeardown: '<rootDir>/test/support/global-teardown.mjs',
  maxWorkers: 2,
  testTimeout: 30_000,
};
