import type { DataSource } from 'typeorm';
import { createDataSource } from '../../src/commercial/data-source.js';
import { startProcess } from './app-process.js';
import { ADMINISTRATOR, signIn, type Person, type ServedApp } from './app.js';
import { createTestDatabase } from './database.js';
import { send } from './http-client.js';
import { createTemporaryFolder } from './temporary-folder.js';

/** The service as `npm run build` made it, in a process of its own, with the sandbox and an administrator. */
export interface BuiltApp extends ServedApp {
  /** On its database. */
  dataSource: DataSource;
  administrator: Person;
  /** Moves the business time ahead; everything that falls due on the way has happened then. */
  passTo(moment: Date | string): Promise<void>;
}

/** @param environment settings beside those of every such process; what stands here wins */
export async function startBuiltApp(environment: Record<string, string> = {}): Promise<BuiltApp> {
  const settings = {
    ADMIN_EMAIL: ADMINISTRATOR.email,
    ADMIN_PASSWORD: ADMINISTRATOR.password,
    LOG_LEVEL: 'error',
    ...environment,
  };
  const [folder, database] = await Promise.all([createTemporaryFolder(), createTestDatabase()]);
  const service = startProcess(folder, { DATABASE_URL: database.url, ...settings });
  const removeAll = async () => {
    service.child.kill('SIGTERM');
    await service.ended;
    await database.drop();
    await folder.remove();
  };
  try {
    const url = await service.ready;
    const dataSource = await createDataSource({ url: database.url, poolSize: 2 }).initialize();
    const app: ServedApp = {
      url,
      call: (method, path, call) => send(url + path, method, call ?? {}),
      sql: (query, parameters) => dataSource.query(query, parameters),
      close: () => dataSource.destroy().then(removeAll),
    };
    const administrator = await signIn(app, {
      email: settings.ADMIN_EMAIL,
      password: settings.ADMIN_PASSWORD,
    });
    const passTo = async (moment: Date | string) => {
      const body = { now: new Date(moment).toISOString() };
      const answer = await administrator.call('POST', '/sandbox/clock', { body });
      if (answer.status !== 200) throw new Error(`answered ${answer.status} ${JSON.stringify(answer.body)}`);
    };
    return { ...app, dataSource, administrator, passTo };
  } catch (error) {
    await removeAll();
    throw error;
  }
}
