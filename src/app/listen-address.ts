import { createServer, type AddressInfo } from 'node:net';
import { ConfigurationError } from '../config/configuration-error.js';

/**
 * Finds out early, before a database is started for nothing, that the address is free.
 * @returns the port; for port 0 a free one. @throws ConfigurationError with one line.
 */
export function claimPort(host: string, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', (error) => reject(explainListenError(error, host, port)));
    probe.listen(port, host, () => {
      const { port: free } = probe.address() as AddressInfo;
      probe.close(() => resolve(free));
    });
  });
}

/** @returns a ConfigurationError for what keeps a server from listening; anything else as it is. */
export function explainListenError(error: unknown, host: string, port: number, setting = 'PORT'): unknown {
  const code = (error as NodeJS.ErrnoException).code;
  if (code === 'EADDRINUSE') {
    return new ConfigurationError([
      `Port ${port} on ${host} is taken: stop what listens there, or set ${setting} to another`,
    ]);
  }
  if (code === 'EACCES' || code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') {
    return new ConfigurationError([
      `Can't listen on ${host}, port ${port} (${code}): set HOST and ${setting} to an address of this machine`,
    ]);
  }
  return error;
}

/** The address under which this machine reaches itself. */
export function localUrl(host: string, port: number): string {
  const name =
    host === '0.0.0.0' ? '127.0.0.1' : host === '::' ? '[::1]' : host.includes(':') ? `[${host}]` : host;
  return `http://${name}:${port}`;
}
