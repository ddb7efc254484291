/**
 * Installs the package as a stranger would: packed, into an empty project, beside nothing but its peers. Its types must
 * compile there, its entry must load, and what is packed must hold no test.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const manifest = JSON.parse(readFileSync('package.json', 'utf8'));
const HOST = `import 'reflect-metadata';
import { Controller, Module, Post } from '@nestjs/common';
import {
  CommercialModule,
  CurrentUser,
  RequireQuota,
  commercialEntities,
  commercialMigrations,
  type AuthenticatedUser,
} from '${manifest.name}';
import { DataSource } from 'typeorm';

@Controller()
class ProcessController {
  @Post('process/:study')
  @RequireQuota('dicom_processing', { cost: 1, resourceId: (req) => req.params.study })
  process(@CurrentUser() user: AuthenticatedUser): string {
    return user.accountId;
  }
}

const dataSource = new DataSource({
  type: 'postgres',
  entities: [...commercialEntities],
  migrations: [...commercialMigrations],
});

@Module({
  imports: [
    CommercialModule.forRoot({
      dataSource,
      jwt: { secret: 'a key that is made for this check alone' },
      publicUrl: 'http://127.0.0.1',
    }),
  ],
  controllers: [ProcessController],
})
class HostModule {}

console.log(\`\${HostModule.name} compiles and loads with ${manifest.name}\`);
`;

const folder = mkdtempSync(join(tmpdir(), 'commercial-consumer-'));
try {
  const [packed] = JSON.parse(run('npm', ['pack', '--silent', '--json', '--pack-destination', folder], '.'));
  refuseTests(packed.files.map(({ path }) => path));
  writeProject();
  run('npm', ['install', '--silent', '--no-audit', '--no-fund', '--ignore-scripts', `./${packed.filename}`]);
  run(process.execPath, ['node_modules/typescript/bin/tsc'], folder, 'inherit');
  run(process.execPath, ['host.js'], folder, 'inherit');
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function refuseTests(paths) {
  const strays = paths.filter((path) => /\.spec\.|(^|\/)test\/|\.map$|\.tsbuildinfo$/.test(path));
  if (strays.length > 0) throw new Error(`The package holds what no host needs:\n${strays.join('\n')}`);
}

function writeProject() {
  // The versions that are tested here; the peers' open ranges are the host's business.
  const peers = Object.keys(manifest.peerDependencies);
  const wanted = [...peers, 'typescript', '@types/node'];
  const dependencies = Object.fromEntries(wanted.map((name) => [name, manifest.devDependencies[name]]));
  write('package.json', JSON.stringify({ name: 'host', private: true, type: 'module', dependencies }));
  write(
    'tsconfig.json',
    JSON.stringify({
      compilerOptions: {
        module: 'nodenext',
        target: 'es2023',
        strict: true,
        rootDir: '.',
        experimentalDecorators: true,
        emitDecoratorMetadata: true,
        types: ['node'],
      },
      files: ['host.ts'],
    }),
  );
  write('host.ts', HOST);
}

function write(name, content) {
  writeFileSync(join(folder, name), content);
}

function run(command, args, cwd = folder, stdout = 'pipe') {
  return execFileSync(command, args, { cwd, encoding: 'utf8', stdio: ['ignore', stdout, 'inherit'] });
}
