import config from './jest.config.js';

/** The pages as a person sees them, in Chromium (on Debian: `apt-get install chromium`). */
export default { ...config, testMatch: ['**/*.page.spec.ts'], testPathIgnorePatterns: ['/node_modules/'] };
