import { Tables1797000000000 } from '../../migrations/1797000000000-Tables.js';
import { QuotaFunctions1797000000001 } from '../../migrations/1797000000001-QuotaFunctions.js';
import { Guards1797000000002 } from '../../migrations/1797000000002-Guards.js';

export const commercialMigrations = [Tables1797000000000, QuotaFunctions1797000000001, Guards1797000000002];
