import { createDataSource } from './src/commercial/data-source.js';

/** For the TypeORM CLI (`npm run migration:*`), which sets DATABASE_URL where the embedded PostgreSQL is meant. */
export default createDataSource({
  url: process.env['DATABASE_URL'] ?? 'postgresql://127.0.0.1:5432/commercial',
});
