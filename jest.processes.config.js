import config from './jest.config.js';

/** What the commands do: each starts programs, stops or kills them, and looks at what is left. */
export default { ...config, testMatch: ['**/*.process.spec.ts'], testPathIgnorePatterns: ['/node_modules/'] };
