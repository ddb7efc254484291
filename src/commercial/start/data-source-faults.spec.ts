import { readFile, glob } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { CALLED_FUNCTIONS } from './data-source-faults.js';

it('looks for every function of the schema that the sources call', async () => {
  const src = fileURLToPath(new URL('../../', import.meta.url));
  const called = new Set<string>();
  for await (const file of glob('**/*.ts', { cwd: src, exclude: (name) => name.endsWith('.spec.ts') })) {
    const text = await readFile(`${src}${file}`, 'utf8');
    for (const [, name] of text.matchAll(/\bcommercial"?\."?(\w+)"?\(/g)) called.add(name!);
  }
  expect([...called].sort()).toEqual([...CALLED_FUNCTIONS].sort());
});
