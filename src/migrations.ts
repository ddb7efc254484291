import { CommercialLoop1795368007709 } from '../migrations/1795368007709-CommercialLoop.js';

/** In order of time; the CLI writes new ones to `migrations/`, and they are listed here. */
export const commercialMigrations = [CommercialLoop1795368007709];
