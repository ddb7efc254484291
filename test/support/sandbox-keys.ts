import { createSandboxCredentials } from '../../src/sandbox/options/sandbox-credentials.js';

/** One merchant for all files that a worker runs: making its keys takes longer than starting the app. */
export const sandboxKeys = createSandboxCredentials();
