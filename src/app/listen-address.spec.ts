import { createServer, type AddressInfo } from 'node:net';
import { claimPort, explainListenError, localUrl } from './listen-address.js';

describe('the address to listen at', () => {
  it('is claimed where it is free, and any free port for 0', async () => {
    const port = await claimPort('127.0.0.1', 0);
    expect(port).toBeGreaterThan(0);
    expect(await claimPort('127.0.0.1', port)).toBe(port);
  });

  it('is refused by one line where it is taken, or not of this machine', async () => {
    const holder = createServer();
    await new Promise<void>((resolve) => holder.listen(0, '127.0.0.1', resolve));
    const { port } = holder.address() as AddressInfo;
    await expect(claimPort('127.0.0.1', port)).rejects.toThrow(
      `Port ${port} on 127.0.0.1 is taken: stop what listens there, or set PORT to another`,
    );
    await new Promise((resolve) => holder.close(resolve));
    await expect(claimPort('192.0.2.1', 0)).rejects.toThrow(
      "Can't listen on 192.0.2.1, port 0 (EADDRNOTAVAIL)",
    );
  });

  it('leaves other errors as they are', () => {
    const error = new Error('something else');
    expect(explainListenError(error, '127.0.0.1', 1)).toBe(error);
  });

  it.each([
    ['127.0.0.1', 'http://127.0.0.1:3000'],
    ['0.0.0.0', 'http://127.0.0.1:3000'],
    ['::', 'http://[::1]:3000'],
    ['::1', 'http://[::1]:3000'],
    ['localhost', 'http://localhost:3000'],
  ])('is reached from here, for %s, at %s', (host, url) => {
    expect(localUrl(host, 3000)).toBe(url);
  });
});
