/** Prints the story as aligned lines: what is done on the left, what came of it on the right. */

const TITLE_WIDTH = 26;

let steps = 0;

export function heading(text: string): void {
  console.log(`\n${text}\n`);
}

/** The next numbered step. */
export function step(title: string, ...results: string[]): void {
  steps += 1;
  line(`${String(steps).padStart(2)}  ${title}`, ...results);
}

/** A further line of the same step. */
export function detail(title: string, ...results: string[]): void {
  line(`    ${title}`, ...results);
}

/** Chinese characters take two columns of a terminal. */
function padded(text: string, width: number): string {
  const columns = text.length + (text.match(/\p{Script=Han}/gu)?.length ?? 0);
  return text + ' '.repeat(Math.max(1, width - columns));
}

function line(title: string, first = '', ...rest: string[]): void {
  console.log(`  ${padded(title, TITLE_WIDTH + 4)}${first}`.trimEnd());
  for (const result of rest) console.log(' '.repeat(TITLE_WIDTH + 6) + result);
}

/** `1234.5` → `1,234.5` */
export function number(value: number, digits = 0): string {
  return value.toLocaleString('en', { maximumFractionDigits: digits });
}

/** A plan as people and programs name it. */
export function label({ name, code }: { name: string; code: string }): string {
  return `${name} (${code})`;
}
