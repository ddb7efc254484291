import { randomBytes } from 'node:crypto';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Program } from './program.js';

/** From dist/demo up to the repository's root. */
const ROOT = new URL('../../../../', import.meta.url);

/** A commercial service and a host of its own, on one database, with nothing in it yet. */
export class Instance {
  private constructor(
    readonly serviceUrl: string,
    readonly hostUrl: string,
    readonly admin: { email: string; password: string },
  ) {}

  private readonly jwtSecret = randomBytes(32).toString('hex');
  private readonly programs: Program[] = [];

  static async reserve(): Promise<Instance> {
    const [service, host] = [await freePort(), await freePort()];
    const admin = { email: 'admin@example.com', password: randomBytes(12).toString('hex') };
    return new Instance(`http://127.0.0.1:${service}`, `http://127.0.0.1:${host}`, admin);
  }

  /** @throws DemoError where one of them does not come up; the signal's reason when it is aborted */
  async start(folder: string, signal: AbortSignal): Promise<void> {
    const service = this.launch('commercial service', new URL('dist/src/main.js', ROOT), folder, {
      PORT: new URL(this.serviceUrl).port,
      DATA_DIR: folder,
      ADMIN_EMAIL: this.admin.email,
      ADMIN_PASSWORD: this.admin.password,
    });
    await service.answersAt(`${this.serviceUrl}/health/ready`);
    const databaseUrl = await embeddedDatabaseUrl(folder);
    signal.throwIfAborted();
    const host = this.launch('host', new URL('../src/main.js', import.meta.url), folder, {
      HOST_PORT: new URL(this.hostUrl).port,
      DATABASE_URL: databaseUrl,
    });
    await host.answersAt(`${this.hostUrl}/health`);
  }

  /** The host first, since it uses the service's database. */
  async stop(): Promise<void> {
    for (const program of this.programs.toReversed()) await program.stop();
  }

  private launch(name: string, file: URL, cwd: string, env: Record<string, string>): Program {
    const program = Program.start(name, fileURLToPath(file), {
      cwd,
      env: { ...env, JWT_SECRET: this.jwtSecret },
    });
    this.programs.push(program);
    return program;
  }
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** The database that the service has started for itself. */
async function embeddedDatabaseUrl(dataDir: string): Promise<string> {
  const path = new URL('dist/src/embedded/embedded-postgres.js', ROOT).href;
  const { connectToEmbeddedPostgres } = (await import(path)) as {
    connectToEmbeddedPostgres(options: { dataDir: string }): Promise<{ url: string }>;
  };
  return (await connectToEmbeddedPostgres({ dataDir: join(dataDir, 'postgres') })).url;
}
