import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { texts as english } from '../../web/src/locales/en.js';
import { texts as chinese } from '../../web/src/locales/zh-CN.js';

const SOURCES = 'web/src';

/** Every text by its key: `nav.overview`. */
function flat(texts: object, prefix = ''): [string, string][] {
  return Object.entries(texts).flatMap(([key, value]): [string, string][] =>
    typeof value === 'string' ? [[prefix + key, value]] : flat(value as object, `${prefix}${key}.`),
  );
}

const placeholders = (text: string) => [...text.matchAll(/\{\{\w+\}\}/g)].map(([name]) => name).sort();

describe('the texts of the pages', () => {
  const [en, zh] = [new Map(flat(english)), new Map(flat(chinese))];

  it('are complete in both languages, with the same things to fill in', () => {
    expect([...en.keys()].sort()).toEqual([...zh.keys()].sort());
    for (const [key, text] of zh)
      expect([key, placeholders(en.get(key)!)]).toEqual([key, placeholders(text)]);
    expect([...en, ...zh].filter(([, text]) => text.trim() === '')).toEqual([]);
  });

  it('are in their language', () => {
    const hasHan = ([key, text]: [string, string]) => key !== 'language' && /\p{Script=Han}/u.test(text);
    expect([...en].filter(hasHan)).toEqual([]);
  });

  it('stand nowhere but in the lists of texts', () => {
    const files = readdirSync(SOURCES, { recursive: true, encoding: 'utf8' }).filter((name) =>
      name.endsWith('.tsx'),
    );
    expect(files.length).toBeGreaterThan(20);
    const raw = files.flatMap((name) =>
      readFileSync(join(SOURCES, name), 'utf8')
        .split('\n')
        .filter((line) => !/^\s*(\/?\*|\/\/)/.test(line))
        .filter((line) => /\p{Script=Han}/u.test(line) || /^\s+[A-Z][a-z]+( [a-z]+)+[.!?]?$/.test(line))
        .map((line) => `${name}: ${line.trim()}`),
    );
    expect(raw).toEqual([]);
  });
});
