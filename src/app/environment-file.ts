import { existsSync } from 'node:fs';

const ENV_FILE = '.env';

/** Reads `.env` of the working folder, if there is one. What the environment has already stays. */
export function loadEnvironmentFile(): void {
  if (existsSync(ENV_FILE)) process.loadEnvFile(ENV_FILE);
}
