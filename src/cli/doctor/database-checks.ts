import type { DataSource } from 'typeorm';
import { dataSourceFaults } from '../../commercial/start/data-source-faults.js';
import { finding, type Finding } from './finding.js';
import { skewFinding } from './skew.js';

const MIN_POSTGRES = 15;
export async function databaseFindings(dataSource: DataSource): Promise<Finding[]> {
  const asked = Date.now();
  const [{ version, now }] = await dataSource.query(
    `SELECT current_setting('server_version') AS version, clock_timestamp() AS now`,
  );
  const major = Number.parseInt(version, 10);
  const faults = await dataSourceFaults(dataSource);
  return [
    finding(
      'PostgreSQL',
      major >= MIN_POSTGRES ? 'ok' : 'failed',
      major >= MIN_POSTGRES ? version : `${version}; it takes ${MIN_POSTGRES} or newer`,
    ),
    faults.length === 0
      ? finding('schema', 'ok', 'up to date')
      : finding('schema', 'failed', `not up to date: commercial migrate. ${faults.join(' ')}`),
    skewFinding('clock of the database', (now as Date).getTime(), (asked + Date.now()) / 2),
  ];
}
