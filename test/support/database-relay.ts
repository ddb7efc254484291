import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** Stands between an app and its PostgreSQL, and passes on what both say. */
export interface DatabaseRelay {
  url: string;
  /**
   * Lets the server's end come right behind the next times that it is ready for a query, in one piece: as it does where
   * the server ends while a connection is opened, or while a query's answer is on its way.
   *
   * @returns how many of those that were to end before are left
   */
  endNext(times: number): number;
  close(): Promise<void>;
}

/** Messages of the protocol, version 3: https://www.postgresql.org/docs/current/protocol-message-formats.html */
const READY = 'Z'.charCodeAt(0);
const HEAD_BYTES = 5;

const FATAL = message(
  'E',
  'SFATAL\0VFATAL\0C57P01\0Mterminating connection due to unexpected postmaster exit\0\0',
);

export async function relayDatabase(databaseUrl: string): Promise<DatabaseRelay> {
  const target = new URL(databaseUrl);
  const sockets = new Set<Socket>();
  let toEnd = 0;
  const server = createServer((client) => {
    const upstream = connect(Number(target.port), target.hostname);
    let unread: Buffer = Buffer.alloc(0);
    for (const socket of [client, upstream]) {
      sockets.add(socket.on('error', () => {}).on('close', () => sockets.delete(socket)));
    }
    client.pipe(upstream);
    client.on('close', () => upstream.destroy());
    upstream.on('close', () => client.destroy());
    upstream.on('data', (piece) => {
      unread = Buffer.concat([unread, piece]);
      let whole = 0;
      for (let size = messageSize(unread); size > 0; size = messageSize(unread.subarray(whole))) {
        const isReady = unread[whole] === READY;
        whole += size;
        if (!isReady || toEnd === 0) continue;
        toEnd -= 1;
        client.end(Buffer.concat([unread.subarray(0, whole), FATAL]));
        return void upstream.destroy();
      }
      client.write(unread.subarray(0, whole));
      unread = unread.subarray(whole);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: Object.assign(new URL(databaseUrl), { port: String(port) }).href,
    endNext: (times) => {
      const left = toEnd;
      toEnd = times;
      return left;
    },
    close: () => {
      for (const socket of sockets) socket.destroy();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

/** @returns 0 where it isn't whole yet. */
function messageSize(bytes: Buffer): number {
  const size = bytes.length < HEAD_BYTES ? Infinity : 1 + bytes.readUInt32BE(1);
  return size > bytes.length ? 0 : size;
}

function message(type: string, text: string): Buffer {
  const body = Buffer.from(text);
  const head = Buffer.from(`${type}....`);
  head.writeUInt32BE(4 + body.length, 1);
  return Buffer.concat([head, body]);
}
