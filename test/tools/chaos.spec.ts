import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

it('keeps the books right through kills, faults and crowds', async () => {
  const program = fileURLToPath(new URL('../../tools/chaos/main.ts', import.meta.url));
  const hooks = fileURLToPath(new URL('../support/typescript-hooks.mjs', import.meta.url));
  const args = ['--import', hooks, program, '--seed', '20', '--operations', '60'];
  // A run with violations ends with code 1, which rejects with all that it printed.
  const { stdout } = await promisify(execFile)(process.execPath, args);
  const lines = stdout.trimEnd().split('\n');
  expect(lines.at(-1)).toBe('violations: 0');
  const [, operations, kills, faults] =
    /: (\d+) operations, (\d+) kills, (\d+) faults$/.exec(lines.at(-2)!) ?? [];
  expect(Number(operations)).toBeGreaterThanOrEqual(60);
  expect(Number(kills)).toBeGreaterThanOrEqual(2);
  expect(Number(faults)).toBeGreaterThanOrEqual(12);
}, 180_000);
