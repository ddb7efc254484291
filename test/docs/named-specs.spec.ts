import { existsSync, globSync, readFileSync } from 'node:fs';

/** A spec that a document names, and the words of a test that it quotes behind the name. */
const NAMED = /`((?:src|test|packages|examples)\/[\w/.-]+\.spec\.ts)`((?:,? (?:and )?“[^”]+”)*)/g;

function faultsOf(document: string): string[] {
  return Array.from(readFileSync(document, 'utf8').matchAll(NAMED)).flatMap(([, path, quotes]) => {
    if (!existsSync(path!)) return [`${document}: there is no ${path}`];
    const spec = readFileSync(path!, 'utf8').replaceAll("\\'", '’').replaceAll("'", '’');
    return Array.from(quotes!.matchAll(/“([^”]+)”/g), ([, words]) => words!.replaceAll("'", '’'))
      .filter((words) => !spec.includes(words))
      .map((words) => `${document}: ${path} has no “${words}”`);
  });
}

describe('A spec that a document names', () => {
  it('exists and has the test that is quoted', () => {
    const documents = globSync(['*.md', 'docs/**/*.md', 'test/README.md']);
    const named = documents.flatMap((path) => readFileSync(path, 'utf8').match(NAMED) ?? []);
    expect(named.length).toBeGreaterThan(40);
    expect(documents.flatMap(faultsOf)).toEqual([]);
  });
});
