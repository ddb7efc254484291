import { randomBytes } from 'node:crypto';
import { NestFactory } from '@nestjs/core';
import type { DataSource } from 'typeorm';
import { Administrators } from '../auth/api/users/administrators.js';
import { CommercialModule } from '../commercial/commercial.module.js';

/** @returns false, and nothing is changed, where there is an administrator already */
export async function makeAdministrator(
  dataSource: DataSource,
  first: { email: string; password: string },
): Promise<boolean> {
  const app = await NestFactory.createApplicationContext(
    CommercialModule.forRoot({
      dataSource,
      // Nothing is signed by a command.
      jwt: { secret: randomBytes(32).toString('hex') },
      publicUrl: 'http://localhost',
      routes: false,
    }),
    { logger: false, abortOnError: false },
  );
  try {
    const administrators = app.get(Administrators, { strict: false });
    if ((await administrators.emails()).length > 0) return false;
    await administrators.ensureAdministrator(first);
    return true;
  } finally {
    await app.close();
  }
}
