import type { Command } from 'commander';
import { ConfigurationError } from '../../config/configuration-error.js';
import { CliError } from '../cli-error.js';
import { databaseUrl, withDatabase } from '../database.js';
import { finding, type Finding } from '../doctor/finding.js';
import { serviceFindings } from '../doctor/service-checks.js';
import { versionFindings } from '../doctor/versions.js';
import { outputOf } from '../output.js';
import { ownManifest } from '../own-manifest.js';
import { serviceUrl } from '../service-client.js';

const SUMMARY = `Looks for what is wrong: versions, keys, database, clocks, and whether the channels' callbacks arrive.

Reads the settings of the environment (or .env); a value is never printed. Ends with 1 where a check failed.`;

const MARKS: Record<Finding['state'], string> = { ok: '✓', warning: '!', failed: '✗', skipped: '-' };

export function addDoctor(program: Command): void {
  program
    .command('doctor')
    .summary('look for what is wrong')
    .description(SUMMARY)
    .option('--url <address>', 'where the package’s routes answer (default: PUBLIC_URL, or http://HOST:PORT)')
    .option('--no-service', 'leave the running service out')
    .action(async ({ url, service }: { url?: string; service: boolean }, command: Command) => {
      const { progress, print } = outputOf(command);
      const findings = await progress.step(
        'Looking',
        async () => [
          ...versionFindings(ownManifest()),
          ...(await keyFindings()),
          ...(await aboutDatabase()),
          ...(service ? await serviceFindings(serviceUrl(url)) : []),
        ],
        (found) => `${found.length} checks`,
      );
      print(
        { findings },
        findings.map(({ check, state, detail }) => `${MARKS[state]} ${check}: ${detail}`),
      );
      if (findings.some(({ state }) => state === 'failed')) process.exitCode = 1;
    });
}

/** Settings and keys, by the rules of the stand-alone service. */
async function keyFindings(): Promise<Finding[]> {
  const { readConfiguration } = await import('../../config/configuration.js');
  try {
    const { alipay, wechat, jwtSecret, sandbox } = readConfiguration(process.env);
    return [
      jwtSecret === null
        ? finding('JWT_SECRET', 'warning', 'not set; the stand-alone service makes one in development')
        : finding('JWT_SECRET', 'ok', 'long enough, and no placeholder'),
      alipay ? finding('keys of Alipay', 'ok', 'readable') : finding('keys of Alipay', 'skipped', 'not set'),
      wechat
        ? finding('keys of WeChat Pay', 'ok', 'readable')
        : finding('keys of WeChat Pay', 'skipped', 'not set'),
      ...(sandbox
        ? [finding('sandbox', 'warning', 'the stand-alone service would serve it: anybody can pay')]
        : []),
    ];
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    return error.faults.map((fault) => finding('settings', 'failed', fault));
  }
}

async function aboutDatabase(): Promise<Finding[]> {
  const { databaseFindings } = await import('../doctor/database-checks.js');
  try {
    return await withDatabase(databaseUrl(), databaseFindings);
  } catch (error) {
    if (error instanceof CliError) return error.faults.map((fault) => finding('database', 'failed', fault));
    throw error;
  }
}
