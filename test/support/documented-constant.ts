import { readFileSync } from 'node:fs';
import { glob } from 'node:fs/promises';

/** A number of the code, and the sentences of the documents that name it. */
export interface DocumentedConstant {
  /** The name of the file in which it stands, wherever that is under `src`. */
  file: string;
  /** The constant's or member's name, or what stands before and after its value where it has none. */
  name: string | RegExp;
  /** What the code counts it in. */
  unit: Unit;
  /**
   * Pieces of sentences: each `#` stands for a number with its unit, or for a list of them. Each has to be found somewhere,
   * and says what the code says wherever it is found.
   */
  says: readonly string[];
}

type Unit = 'count' | 'bytes' | keyof typeof TIMES;

const TIMES = { ms: 1, s: 1_000, min: 60_000, h: 3_600_000, day: 86_400_000, week: 7 * 86_400_000 } as const;
const BYTES = { KiB: 1024, MiB: 1024 * 1024 } as const;
const NUMBERS = 'one two three four five six seven eight nine ten'.split(' ');

const NUMBER = `(?:\\d[\\d,]*|\\b(?:half an?|an?|${NUMBERS.join('|')})\\b)`;
const UNIT =
  '(?:ms|milliseconds?|seconds?|s|minutes?|min|hours?|h|days?|weeks?|KiB|MiB|second|times|tries)\\b';
const QUANTITY = `${NUMBER}(?:\\s+${UNIT})?`;
/** `5, 15 and 60 s`: what has no unit of its own has the next one's. */
const QUANTITIES = `${QUANTITY}(?:(?:,\\s+|\\s+and\\s+)${QUANTITY})*`;

/** Every document, whatever folder it is moved to. */
export async function readDocuments(): Promise<Map<string, string>> {
  const documents = new Map<string, string>();
  for await (const path of glob('docs/**/*.md')) documents.set(path, readFileSync(path, 'utf8'));
  return documents;
}

/** @returns the numbers that the documents name for it: times in milliseconds, sizes in bytes */
export function documentedValues(
  documents: ReadonlyMap<string, string>,
  { unit }: DocumentedConstant,
  says: string,
): { path: string; values: number[] }[] {
  const found = [];
  for (const [path, text] of documents) {
    for (const [, ...quantities] of text.matchAll(sentence(says))) {
      found.push({ path, values: quantities.flatMap((one) => quantitiesOf(one, unit)) });
    }
  }
  return found;
}

/** @returns the code's numbers in the same units */
export async function codeValues({ file, name, unit }: DocumentedConstant): Promise<number[]> {
  const paths: string[] = [];
  for await (const path of glob(`src/**/${file}`)) paths.push(path);
  if (paths.length !== 1)
    throw new Error(`there are ${paths.length} files named ${file} under src: ${paths}`);
  const code = readFileSync(paths[0]!, 'utf8');
  const place = typeof name === 'string' ? new RegExp(`\\b${name}\\b(?: =|:) ([^;}\\n]+?)[,;]?\\n`) : name;
  const expression = place.exec(code)?.[1];
  if (expression === undefined) throw new Error(`${paths[0]} has no ${name}`);
  const listed = expression.replace(/^\[|\]$/g, '').split(',');
  return listed.map((one) => valueOf(one, code) * factorOf(unit));
}

function sentence(says: string): RegExp {
  const escaped = says.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`).replaceAll(/\s+/g, String.raw`\s+`);
  // A number stands alone: the 5 of `15 s` is none.
  return new RegExp(escaped.replaceAll('#', `(?<![\\w,])(${QUANTITIES})`), 'gi');
}

function quantitiesOf(text: string, unit: Unit): number[] {
  let last: string | undefined;
  const quantities = [...text.matchAll(new RegExp(`(${NUMBER})(?:\\s+(${UNIT}))?`, 'gi'))];
  return quantities
    .toReversed()
    .map(([, number, own]) => numberOf(number!) * factorOf((last = own ?? last) ?? unit))
    .toReversed();
}

function numberOf(text: string): number {
  if (/^\d/.test(text)) return Number(text.replaceAll(',', ''));
  if (/^half/i.test(text)) return 0.5;
  return /^an?$/i.test(text) ? 1 : NUMBERS.indexOf(text.toLowerCase()) + 1;
}

function factorOf(unit: string): number {
  if (unit in BYTES) return BYTES[unit as keyof typeof BYTES];
  if (/^(count|bytes|times|tries)$/.test(unit)) return 1;
  const known = { milliseconds: 'ms', second: 's', minute: 'min', hour: 'h' }[unit.replace(/s$/, '')] ?? unit;
  const name = known in TIMES ? known : known.replace(/s$/, '');
  return TIMES[name as keyof typeof TIMES];
}

/** Numbers, products, and names of the same file. */
function valueOf(expression: string, code: string): number {
  return expression
    .split('*')
    .map((factor) => factor.trim())
    .reduce((product, factor) => product * (/^\d/.test(factor) ? digits(factor) : named(factor, code)), 1);
}

function digits(text: string): number {
  return Number(text.replaceAll('_', ''));
}

function named(name: string, code: string): number {
  const [, expression] = new RegExp(`const ${name} = ([\\w *]+);`).exec(code) ?? [];
  if (expression === undefined) throw new Error(`${name} is no number of that file`);
  return valueOf(expression, code);
}
