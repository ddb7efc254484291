import { existsSync, readFileSync } from 'node:fs';

const DOCUMENT = 'docs/operate/security.md';
const NAMED = /`([\w./-]+\.spec\.ts)`((?:[^`|]*?“[^”]+”)*)/g;
const TITLE = /“([^”]+)”/g;

interface NamedTest {
  row: string;
  file: string;
  titles: string[];
}

/** The rows of the tables that have a column of tests, with the tests that they name. */
function rows(document: string): { row: string; tests: NamedTest[] }[] {
  let column = -1;
  const found = [];
  for (const line of document.split('\n')) {
    if (!line.startsWith('|')) {
      column = -1;
      continue;
    }
    const cells = line.slice(1, -1).split('|');
    if (column === -1) column = cells.findIndex((cell) => /^\s*Test\s*$/.test(cell));
    else if (!/^[\s|:-]+$/.test(line)) {
      const row = cells[0]!.trim();
      const tests = [...(cells[column] ?? '').matchAll(NAMED)].map(([, file, named]) => ({
        row,
        file: file!,
        titles: [...named!.matchAll(TITLE)].map(([, title]) => title!),
      }));
      found.push({ row, tests });
    }
  }
  return found;
}

/** Titles as the code writes them, in whatever quotes. */
function hasTest(file: string, title: string): boolean {
  const code = readFileSync(file, 'utf8').replaceAll(/\\(['"`])/g, '$1');
  return [`'${title}`, `"${title}`, `\`${title}`].some((start) => code.includes(start));
}

describe('docs/operate/security.md', () => {
  const all = rows(readFileSync(DOCUMENT, 'utf8'));

  it('names a test for each point', () => {
    expect(all.length).toBeGreaterThan(30);
    expect(
      all.filter(({ tests }) => tests.every(({ titles }) => titles.length === 0)).map(({ row }) => row),
    ).toEqual([]);
  });

  it('names no test that is not there', () => {
    const missing = all
      .flatMap(({ tests }) => tests)
      .flatMap(({ row, file, titles }) =>
        existsSync(file)
          ? titles.filter((title) => !hasTest(file, title)).map((title) => `${row}: ${file} “${title}”`)
          : [`${row}: ${file}`],
      );
    expect(missing).toEqual([]);
  });
});
