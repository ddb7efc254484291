import { runMigrations } from '@idoctor/commercial';
import { createApplication } from './application.js';
import { HostConfigurationError, readConfiguration } from './configuration.js';
import { createHostDataSource } from './data-source.js';

async function start(): Promise<void> {
  const { address, port, databaseUrl, jwtSecret } = readConfiguration(process.env);
  const dataSource = createHostDataSource(databaseUrl);
  await dataSource.initialize().catch((error: Error) => {
    throw new HostConfigurationError(`DATABASE_URL does not answer: ${error.message}`);
  });
  await runMigrations(dataSource);
  const app = await createApplication({ dataSource, jwtSecret });
  const stop = async () => {
    await app.close();
    await dataSource.destroy();
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void stop());
  await app.listen(port, address);
  console.log(`The iDoctor host listens at ${await app.getUrl()}`);
}

try {
  await start();
} catch (error) {
  console.error(error instanceof HostConfigurationError ? error.message : error);
  process.exit(1);
}
