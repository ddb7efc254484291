import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { finding, type Finding } from './finding.js';

/** Beside the package, what a host runs it with. */
const PEERS = ['@nestjs/common', '@nestjs/core', 'typeorm', 'pg', 'class-validator', 'reflect-metadata'];

/** Which version of this package and of its peers are found from the working folder. */
export function versionFindings(own: { version: string; engines?: { node?: string } }): Finding[] {
  const findings = [
    finding('@idoctor/commercial', 'ok', own.version),
    finding(
      'node',
      isOldNode() ? 'failed' : 'ok',
      `${process.versions.node} (${own.engines?.node ?? 'any'} is supported)`,
    ),
  ];
  const require = createRequire(join(process.cwd(), 'package.json'));
  for (const name of PEERS) {
    const version = versionOf(require, name);
    findings.push(
      version === null
        ? finding(name, 'warning', `not installed where ${process.cwd()} looks`)
        : finding(name, 'ok', version),
    );
  }
  return findings;
}

function isOldNode(): boolean {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  return major < 20 || (major === 20 && minor < 19) || (major === 22 && minor < 12);
}

function versionOf(require: NodeJS.Require, name: string): string | null {
  for (const folder of require.resolve.paths(name) ?? []) {
    try {
      return (JSON.parse(readFileSync(join(folder, name, 'package.json'), 'utf8')) as { version: string })
        .version;
    } catch {
      // Looked for in the next folder above.
    }
  }
  return null;
}
