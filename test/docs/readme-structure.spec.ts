import { readFileSync, statSync } from 'node:fs';

const ENGLISH = readFileSync('README.md', 'utf8');
const CHINESE = readFileSync('README.zh-CN.md', 'utf8');
const CODE = /^```(\w*)\n([\s\S]*?)^```$/gm;

/** What must be the same in every language: everything but the words. */
function structureOf(text: string) {
  const prose = text.replaceAll(CODE, '');
  return {
    headings: Array.from(prose.matchAll(/^(#+) /gm), ([, level]) => level!.length),
    code: Array.from(text.matchAll(CODE), ([, language, code]) =>
      language === 'mermaid' ? wordless(code!) : uncommented(code!),
    ),
    links: Array.from(prose.matchAll(/\]\(([^)]+)\)|src="([^"]+)"|^\[[^\]]+\]: (.+)$/gm), (match) =>
      (match[1] ?? match[2] ?? match[3]!).replace(/^README.*/, 'the other language'),
    ).toSorted(),
    tables: Array.from(
      prose.matchAll(/(?:^\|.*\n)+/gm),
      ([table]) => table.split('\n').length + table.split('|').length,
    ),
    items: Array.from(prose.matchAll(/^(?:-|\d+\.) /gm)).length,
    names: Array.from(
      prose.matchAll(/`([A-Z][A-Z_]+|(?:GET|POST) [^`]+|npm [^`]+)`/g),
      ([, name]) => name!,
    ).toSorted(),
  };
}

function uncommented(code: string): string {
  return code.replaceAll(/(\/\/|^cp .*# ).*$/gm, '$1');
}

/** Who sends what kind of message to whom. */
function wordless(diagram: string): string {
  return diagram.replaceAll(/(?:( as )|: (?!POST |\d)).*$/gm, '$1');
}

describe('README', () => {
  it('has the same headings, commands, code, links, tables and names in both languages', () => {
    expect(structureOf(CHINESE)).toEqual(structureOf(ENGLISH));
  });

  it('says in its badges what package.json says', () => {
    const { license, engines, peerDependencies } = JSON.parse(
      readFileSync('packages/commercial/package.json', 'utf8'),
    ) as { license: string; engines: { node: string }; peerDependencies: Record<string, string> };
    const badges = readFileSync('docs/images/badges.svg', 'utf8');
    expect(badges).toContain(`licence ${license}`);
    expect(badges).toContain(`Node.js ${engines.node.replace('>=', '≥ ')}`);
    const versions = Array.from(peerDependencies['@nestjs/core']!.matchAll(/\^(\d+)/g), ([, major]) => major);
    expect(badges).toContain(`NestJS ${versions.join(', ')};`);
  });

  it.each(['docs/images/cashier.png', 'docs/images/cashier-paid.png'])('has a small picture: %s', (path) => {
    expect(statSync(path).size).toBeLessThan(150_000);
  });
});
