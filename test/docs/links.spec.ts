import { existsSync, globSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';

interface Link {
  file: string;
  target: string;
}

const FILES = globSync(['*.md', '{docs,test,packages,examples,.github,tools}/**/*.md'], {
  exclude: ['**/node_modules/**'],
});

/** Relative links of a document; those in code blocks are examples. */
function linksOf(file: string): Link[] {
  const text = proseOf(readFileSync(file, 'utf8'));
  return Array.from(text.matchAll(/\]\(([^)\s]+)(?: "[^"]*")?\)|\b(?:src|href)="([^"]+)"/g), (match) => ({
    file,
    target: match[1] ?? match[2]!,
  })).filter(({ target }) => !/^[a-z]+:/.test(target));
}

function proseOf(text: string): string {
  return text
    .replaceAll(/^```[\s\S]*?^```$/gm, '')
    .replaceAll(/`[^`\n]*`/g, (code) => code.replaceAll(/[\]()[]/g, ''));
}

/** As GitHub makes them. */
function anchorsOf(file: string): Set<string> {
  const seen = new Map<string, number>();
  return new Set(
    Array.from(proseOf(readFileSync(file, 'utf8')).matchAll(/^#{1,6} (.+)$/gm), ([, heading]) => {
      const slug = heading!
        .toLowerCase()
        .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
        .trim()
        .replaceAll(' ', '-');
      const count = seen.get(slug) ?? 0;
      seen.set(slug, count + 1);
      return count === 0 ? slug : `${slug}-${count}`;
    }),
  );
}

function faultOf({ file, target }: Link): string | null {
  const [path, anchor] = target.split('#');
  const found = path ? join(dirname(file), decodeURIComponent(path)) : file;
  if (!existsSync(found)) return `${file}: there is no ${target}`;
  if (anchor === undefined || statSync(found).isDirectory() || !found.endsWith('.md')) return null;
  return anchorsOf(found).has(decodeURIComponent(anchor)) ? null : `${file}: ${found} has no #${anchor}`;
}

describe('Links between documents', () => {
  it('lead to a file and a heading that exist', () => {
    const links = FILES.flatMap(linksOf);
    expect(links.length).toBeGreaterThan(50);
    expect(links.map(faultOf).filter((fault) => fault !== null)).toEqual([]);
  });
});
