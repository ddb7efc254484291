/** The host's own settings: the package reads no environment. */
export interface HostConfiguration {
  address: string;
  port: number;
  databaseUrl: string;
  /** The same bytes as the stand-alone app's JWT_SECRET, so that its access tokens hold here. */
  jwtSecret: string;
}

/** One line that says what to set. */
export class HostConfigurationError extends Error {}

function required(environment: NodeJS.ProcessEnv, name: string, meaning: string): string {
  const value = environment[name];
  if (!value) throw new HostConfigurationError(`${name} is missing: set it to ${meaning}.`);
  return value;
}

/**
 * Reads HOST_ADDRESS (127.0.0.1), HOST_PORT (3100; 0 takes a free one), DATABASE_URL and JWT_SECRET.
 * @throws HostConfigurationError
 */
export function readConfiguration(environment: NodeJS.ProcessEnv): HostConfiguration {
  const port = Number(environment['HOST_PORT'] || '3100');
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new HostConfigurationError('HOST_PORT is not a port: set it to a number from 0 to 65535.');
  }
  const jwtSecret = required(environment, 'JWT_SECRET', 'the JWT_SECRET of the commercial service');
  if (Buffer.byteLength(jwtSecret) < 32) {
    throw new HostConfigurationError('JWT_SECRET is too short: it must have at least 32 bytes.');
  }
  return {
    address: environment['HOST_ADDRESS'] || '127.0.0.1',
    port,
    databaseUrl: required(environment, 'DATABASE_URL', 'the PostgreSQL of the commercial service'),
    jwtSecret,
  };
}
